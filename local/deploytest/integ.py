"""integ-runner on the emulator: each case is deployed, its assertions run, and it is destroyed."""

import json
import re
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from botocore.exceptions import ClientError

from ..session.cdk_cli import CdkCli, run_to_end
from ..session.emulator import ROOT, Emulator
from ..session.stacks import DEFAULT_REGION, stacks_of

# {{resolve:secretsmanager:<name>:SecretString:<key>}}
RESOLVED = re.compile(r'\{\{resolve:secretsmanager:([^:{}]+):SecretString:([^:{}]+)')
RUNNER = ROOT / 'node_modules' / '.bin' / 'integ-runner'
# resource types that the emulator does not take, and why no addition stands in for them
GAPS: Mapping[str, str] = {
    'AWS::Serverless::Application': 'comes from the AWS application repository, which is not emulated',
}


@dataclass(frozen=True)
class Outcome:
    """What became of one case."""

    case: str
    passed: bool
    said: str
    deployed: bool = False


def cases(folder: Path) -> list[Path]:
    return sorted(folder.glob('integ.*.ts'))


def unknown_types(emulator: Emulator, types: set[str]) -> set[str]:
    """Resource types of which the emulator says that it does not know them."""
    if not types:
        return set()
    template = {'Resources': {f'R{index}': {'Type': each} for index, each in enumerate(sorted(types))}}
    try:
        emulator.client('cloudformation').validate_template(TemplateBody=json.dumps(template))
    except ClientError as error:
        found = re.search(r'Unrecognized resource types: \[([^\]]*)\]', str(error))
        if not found:
            raise
        return set(found[1].split(', '))
    return set()


def workplace(emulator: Emulator, folder: Path) -> Path:
    """A copy of the cases without their snapshots, beside links to what they import: the runner writes only there."""
    place = emulator.folder / 'integ-run'
    copies = place / folder.name
    copies.mkdir(parents=True, exist_ok=True)
    for name in ('src', 'node_modules', 'package.json', 'tsconfig.dev.json', 'tsconfig.json', 'test'):
        if (ROOT / name).exists() and not (place / name).exists():
            (place / name).symlink_to(ROOT / name)
    for source in [
        *folder.glob('*.ts'),
        *(each for each in folder.iterdir() if each.is_dir() and not each.name.endswith('.snapshot')),
    ]:
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copies / source.name)
    return place


def run_case(cdk: CdkCli, place: Path, case: Path) -> Outcome:
    """Snapshot templates tell beforehand which types a case needs."""
    templates = list(snapshot_of(case).rglob('*.template.json'))
    unknown = unknown_types(cdk.emulator, {kind for template in templates for kind in types_of(template)})
    if unknown:
        reasons = '; '.join(
            f'{kind}: {GAPS.get(kind, "no reason given in local/deploytest/integ.py")}' for kind in sorted(unknown)
        )
        return Outcome(case.name, unknown <= GAPS.keys(), f'not deployed: the emulator does not know {reasons}')
    used = regions(case)
    cdk.bootstrap(used)
    store_secrets(
        cdk.emulator,
        used,
        {found for template in templates for found in RESOLVED.findall(template.read_text(encoding='utf8'))},
    )
    start, known = time.monotonic(), len(cdk.emulator.refusals())
    command = [
        str(RUNNER),
        case.name,
        '--directory',
        case.parent.name,
        '--language',
        'typescript',
        '--parallel-regions',
        min(used),
        '--update-on-failed',
    ]
    output = run_to_end(command, place, {**cdk.environment(), 'TS_NODE_PROJECT': 'tsconfig.dev.json'})
    with cdk.log.open('a', encoding='utf8') as log:
        log.write(f'$ integ-runner {case.name}\n{output.text}\n')
    seconds = time.monotonic() - start
    if output.code == 0 and ran(output.text):
        return Outcome(case.name, True, f'deployed, asserted and destroyed in {seconds:.0f} s', deployed=True)
    refused = ''.join(f'\n       refused: {each}' for each in cdk.emulator.refusals()[known:])
    return Outcome(case.name, False, f'integ-runner failed after {seconds:.0f} s (log: {cdk.log}){refused}')


def store_secrets(emulator: Emulator, used: set[str], named: set[tuple[str, str]]) -> None:
    """Secrets that a template resolves by name are in the account beforehand."""
    for region in used:
        client = emulator.client('secretsmanager', region)
        for name in {name for name, _ in named}:
            value = json.dumps({key: 'from-outside' for other, key in named if other == name})
            try:
                client.create_secret(Name=name, SecretString=value)
            except client.exceptions.ResourceExistsException:
                client.put_secret_value(SecretId=name, SecretString=value)


def ran(text: str) -> bool:
    """The runner ends well also when it found nothing to run."""
    return bool(re.search(r'SUCCESS\s+integ', text))


def types_of(template: Path) -> set[str]:
    resources = json.loads(template.read_text(encoding='utf8')).get('Resources', {})
    return {resource['Type'] for resource in resources.values()}


def snapshot_of(case: Path) -> Path:
    return case.with_name(f'{case.name}.snapshot')


def regions(case: Path) -> set[str]:
    """The Regions of the case's stacks, as its snapshot has them."""
    found = {
        stack.region for manifest in snapshot_of(case).rglob('manifest.json') for stack in stacks_of(manifest.parent)
    }
    return found or {DEFAULT_REGION}
