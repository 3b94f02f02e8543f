"""The CDK command line of this project, pointed at the emulator."""

import os
import signal
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .emulator import ACCOUNT, ROOT, Emulator
from .failure import Failure
from .stacks import stacks_of

CDK = ROOT / 'node_modules' / '.bin' / 'cdk'
TIMEOUT_SECONDS = 900


@dataclass
class CdkCli:
    """Runs `cdk` for apps; everything it prints goes to the log."""

    emulator: Emulator
    log: Path
    bootstrapped: set[str] = field(default_factory=set)

    def synth(self, app: Path, assembly: Path, context: Sequence[str] = ()) -> Path:
        """Writes the cloud assembly of the app whose cdk.json lies in the folder `app`."""
        flags = [part for entry in context for part in ('--context', entry)]
        self.run(f'synthesizing {app.name}', ['synth', '--quiet', '--output', str(assembly), *flags], folder=app)
        return assembly

    def bootstrap(self, regions: Iterable[str]) -> None:
        """Prepares each of the Regions, once."""
        new = sorted(set(regions) - self.bootstrapped)
        if new:
            self.run(f'bootstrapping {", ".join(new)}', ['bootstrap', *(f'aws://{ACCOUNT}/{region}' for region in new)])
            self.bootstrapped.update(new)

    def deploy(self, assembly: Path) -> str:
        self.bootstrap(stack.region for stack in stacks_of(assembly))
        outputs = self.emulator.folder / 'outputs.json'
        return self.run(
            'deploying',
            ['deploy', '--app', str(assembly), '--all', '--require-approval', 'never', '--outputs-file', str(outputs)],
        )

    def destroy(self, assembly: Path) -> str:
        return self.run('destroying', ['destroy', '--app', str(assembly), '--all', '--force'])

    def run(self, what: str, arguments: Sequence[str], folder: Path | None = None) -> str:
        output = run_to_end([str(CDK), *arguments], folder or self.emulator.folder, self.environment())
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open('a', encoding='utf8') as log:
            log.write(f'$ cdk {" ".join(arguments)}\n{output.text}\n')
        if output.code != 0:
            raise Failure(f'{what} failed: {reason(output.text)} (log: {self.log})')
        return output.text

    def environment(self) -> dict[str, str]:
        # types are checked by the tests: transpiling alone makes synthesis several times faster
        environment = self.emulator.environment()
        return {
            **environment,
            'PATH': f'{CDK.parent}{os.pathsep}{environment.get("PATH", "")}',
            'TS_NODE_TRANSPILE_ONLY': 'true',
        }


@dataclass(frozen=True)
class Output:
    code: int
    text: str


def run_to_end(command: Sequence[str], folder: Path, environment: dict[str, str]) -> Output:
    """Runs in a session of its own, so that an interruption here ends the program with all it started."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors='replace',
        start_new_session=True,
    )
    try:
        text, _ = process.communicate(timeout=TIMEOUT_SECONDS)
    except BaseException as interruption:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if isinstance(interruption, subprocess.TimeoutExpired):
            raise Failure(f'{Path(command[0]).name} took longer than {TIMEOUT_SECONDS} s') from None
        raise
    return Output(process.returncode, text)


def reason(text: str) -> str:
    """The line of the output that says what went wrong."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [
        line
        for line in lines
        if 'Error:' in line or 'fail: ' in line or 'failed:' in line or '❌' in line or 'CREATE_FAILED' in line
    ]
    return (telling or lines or ['no output'])[-1 if not telling else 0][:300]
