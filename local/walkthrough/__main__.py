"""Deploys both examples to a local AWS emulator, sends requests through their front doors, and removes everything again."""

import argparse
import signal
import sys
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from ..session.cdk_cli import CdkCli
from ..session.emulator import ROOT, Emulator, running_emulator
from ..session.failure import Failure
from ..session.stacks import Stack, stacks_of
from . import http_api, load_balancer, people
from .report import Check, answered, created, heading, paragraph, step

LOGS = ROOT / 'local' / '.log'
EXAMPLES = ROOT / 'examples' / 'typescript'


@dataclass(frozen=True)
class Deployed:
    example: Path
    assembly: Path
    stack: Stack


def main() -> int:
    options = arguments()
    for request in (signal.SIGINT, signal.SIGTERM):
        signal.signal(request, interrupt)
    try:
        with ExitStack() as stopping:
            return walk_through(options, stopping)
    except Failure as failure:
        print(f'\ntry: {failure}', file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print('\ntry: interrupted; everything that was started is stopped', file=sys.stderr)
        return 130


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog='npm run try --', description=__doc__)
    parser.add_argument('--port', type=int, help='port of the emulator (default: a free one)')
    parser.add_argument('--keep', action='store_true', help='keep the stacks until Ctrl-C')
    parser.add_argument('--examples', type=Path, default=EXAMPLES, help='folder that holds dekart/ and http-api/')
    return parser.parse_args()


def interrupt(*_: object) -> None:
    """Once: what is being cleaned up is not interrupted again."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


def walk_through(options: argparse.Namespace, stopping: ExitStack) -> int:
    log = LOGS / 'try-cdk.log'
    log.unlink(missing_ok=True)
    heading('Deploying both examples to a local AWS emulator')
    with step('starting the emulator'):
        emulator = stopping.enter_context(running_emulator(LOGS / 'try-emulator.log', options.port))
    cdk = CdkCli(emulator, log)
    deployed = [deploy(cdk, options.examples / example) for example in ('dekart', 'http-api')]
    with step('sending requests through both front doors'):
        balancer = load_balancer.LoadBalancer(emulator, deployed[0].stack, stopping)
        api = http_api.HttpApi(emulator, deployed[1].stack, stopping)
        balancer_checks, api_checks = load_balancer.walk(balancer), http_api.walk(api)

    heading('What was created')
    for each in deployed:
        created(each.stack.name, each.stack.types)
    heading('What answered')
    answered(f'Load balancer of {balancer.stack.name} (https://{balancer.host})', balancer_checks)
    answered(f'HTTP API of {api.stack.name}', api_checks)
    explain(emulator, balancer, api)
    if options.keep:
        keep(balancer, api)
    heading('Removing both')
    for each in reversed(deployed):
        with step(f'destroying {each.stack.name}'):
            cdk.destroy(each.assembly)
    return verdict(balancer_checks + api_checks)


def deploy(cdk: CdkCli, example: Path) -> Deployed:
    if not (example / 'cdk.json').exists():
        raise Failure(f'{example} has no cdk.json')
    with step(f'synthesizing {example.name}'):
        assembly = cdk.synth(example, cdk.emulator.folder / example.name)
    stack = stacks_of(assembly)[0]
    with step(f'deploying {stack.name}, {sum(stack.types.values())} resources'):
        cdk.deploy(assembly)
    return Deployed(example, assembly, stack)


def explain(emulator: Emulator, balancer: load_balancer.LoadBalancer, api: http_api.HttpApi) -> None:
    heading('What this shows, and what it does not')
    paragraph(
        'This was a walk through the deployed shape: references, order, routes, rules and sign-in work together. It is not proof that AWS accepts '
        'every value: the emulator checks few of them. Database and containers are records only; '
        'small local web servers answered in place of the containers.'
    )
    print(f'\nURLs on this machine (emulator {emulator.url}):\n  {balancer.url}\n  {api.url}/')
    print('\nNext, in an account of yours (costs money; set domain and Region first):')
    for name in ('dekart', 'http-api'):
        print(f'  cd examples/typescript/{name} && npx cdk deploy')
    sys.stdout.flush()


def keep(balancer: load_balancer.LoadBalancer, api: http_api.HttpApi) -> None:
    service = api.services[-1]
    heading('Running until Ctrl-C')
    print(f"  curl -i -H 'Host: {balancer.host}:443' {balancer.url}")
    print(f"  curl -i '{api.url}{service.path}'")
    print(f'  sign in as {people.NAME} with {people.PASSWORD}')
    print(f'  AWS_ENDPOINT_URL={balancer.emulator.url} AWS_ACCESS_KEY_ID=test \\')
    print(f'    AWS_SECRET_ACCESS_KEY=test aws --region {api.stack.region} ecs list-clusters', flush=True)
    wait_for_end()


def wait_for_end() -> None:
    """Ctrl-C ends the waiting; a second one interrupts what follows."""
    asked = threading.Event()
    for request in (signal.SIGINT, signal.SIGTERM):
        signal.signal(request, lambda *_: asked.set())
    asked.wait()
    for request in (signal.SIGINT, signal.SIGTERM):
        signal.signal(request, interrupt)


def verdict(checks: list[Check]) -> int:
    failed = [check for check in checks if not check.passed]
    if failed:
        print(
            f'\ntry: {len(failed)} of {len(checks)} requests got another answer than expected (logs: {LOGS})',
            file=sys.stderr,
        )
        return 1
    print(f'\n{len(checks)} requests, all answered as expected. Nothing is left running.')
    return 0


if __name__ == '__main__':
    sys.exit(main())
