"""Deploys the integ cases with their assertions, and the examples with a description of every resource, to a local AWS emulator."""

import argparse
import signal
import sys
import time
from collections import Counter
from pathlib import Path

from ..session.cdk_cli import CdkCli
from ..session.emulator import ROOT, running_emulator
from ..session.failure import Failure
from . import integ
from .lifecycle import Life, Report
from .upgrade import Upgrade

# the two that `npm run try` shows; the others are consumers of the built packages
EXAMPLES = ('dekart', 'http-api')
LOGS = ROOT / 'local' / '.log'


def main() -> int:
    parser = argparse.ArgumentParser(prog='npx projen deploy-test', description=__doc__)
    parser.add_argument('names', nargs='*', help='parts of the names of cases and examples (default: all)')
    parser.add_argument('--integ', type=Path, default=ROOT / 'integ', help='folder of the integ cases')
    parser.add_argument(
        '--examples', type=Path, default=ROOT / 'examples' / 'typescript', help='folder of the examples'
    )
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return run(options.integ, options.examples, options.names)
    except Failure as failure:
        print(f'deploy-test: {failure}', file=sys.stderr)
        return 1


def run(integ_folder: Path, examples_folder: Path, names: list[str]) -> int:
    def wanted(path: Path) -> bool:
        return not names or any(name in path.name for name in names)

    cases = [case for case in integ.cases(integ_folder) if wanted(case)]
    examples = [examples_folder / name for name in EXAMPLES if wanted(examples_folder / name)]
    if not cases and not examples:
        raise Failure(f'nothing to deploy in {integ_folder} and {examples_folder}')
    log = LOGS / 'deploy-test-cdk.log'
    log.unlink(missing_ok=True)
    with running_emulator(LOGS / 'deploy-test-emulator.log') as emulator:
        cdk = CdkCli(emulator, log)
        passed = [tell('example', live(Life(cdk, example))) for example in examples]
        place = integ.workplace(emulator, integ_folder) if cases else emulator.folder
        for case in cases:
            outcome = integ.run_case(cdk, place, case)
            print(f'{"ok  " if outcome.passed else "FAIL"} {outcome.case}: {outcome.said}', flush=True)
            passed.append(outcome.passed)
            if outcome.passed and outcome.deployed:
                passed.append(tell('upgrade of', live(Upgrade(cdk, case))))
    print(f'{sum(passed)} of {len(passed)} passed')
    return 0 if all(passed) else 1


def live(life: Life) -> Report:
    start = time.monotonic()
    try:
        report = life.run()
    except Failure as failure:
        report = Report(life.example.name, wrong=[str(failure)])
    report.lines.append(f'took {time.monotonic() - start:.0f} s')
    return report


def tell(kind: str, report: Report) -> bool:
    print(f'{"FAIL" if report.wrong else "ok  "} {kind} {report.name}')
    for line in report.lines:
        print(f'       {line}')
    listed('types without a describe call', report.undescribed)
    listed('properties that describe calls do not tell', report.silent)
    for line in report.wrong:
        print(f'  FAIL {line}')
    sys.stdout.flush()
    return not report.wrong


def listed(title: str, names: Counter[str]) -> None:
    if names:
        print(f'       {title}: {", ".join(sorted(name.removeprefix("AWS::") for name in names))}')


if __name__ == '__main__':
    sys.exit(main())
