"""What the user reads: steps with their seconds, and tables that fit 80 columns."""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from textwrap import fill

WIDTH = 80
NAMES = {
    'ApiGatewayV2': 'HTTP API: routes, integrations, stage, VPC link',
    'ApplicationAutoScaling': 'auto scaling of tasks',
    'Athena': 'Athena workgroups',
    'Backup': 'backup plans and vaults',
    'CertificateManager': 'certificates',
    'CloudWatch': 'alarms and dashboards',
    'Cognito': 'user pool, client and sign-in domain',
    'EC2': 'network: VPC, subnets, routes, security groups',
    'ECS': 'cluster, task definition, service',
    'EFS': 'file system',
    'ElasticLoadBalancingV2': 'load balancer: listeners, rules, targets',
    'Events': 'event rules',
    'IAM': 'roles and policies',
    'KMS': 'encryption keys',
    'Lambda': 'functions',
    'Logs': 'log groups',
    'RDS': 'PostgreSQL database',
    'Route53': 'DNS records',
    'S3': 'buckets and their policies',
    'SNS': 'notification topics',
    'SecretsManager': 'secrets',
    'ServiceDiscovery': 'Cloud Map namespace and services',
    'WAFv2': 'web firewall',
}


@dataclass(frozen=True)
class Check:
    """One request: what it was, what should have come back, and what did."""

    request: str
    expected: str
    got: str

    @property
    def passed(self) -> bool:
        return self.got == self.expected


@contextmanager
def step(name: str) -> Iterator[None]:
    start = time.monotonic()
    print(f'  {name + " ":.<60} ', end='', flush=True)
    try:
        yield
    except BaseException:
        print('stopped', flush=True)
        raise
    print(f'{time.monotonic() - start:6.1f} s', flush=True)


def heading(text: str) -> None:
    print(f'\n{text}\n{"-" * min(len(text), WIDTH)}', flush=True)


def paragraph(text: str) -> None:
    print(fill(text, WIDTH), flush=True)


def created(stack: str, types: Counter[str]) -> None:
    """Resources of a stack by service, in plain words."""
    services: Counter[str] = Counter()
    for resource_type, count in types.items():
        parts = resource_type.split('::')
        if parts[0] == 'AWS':
            services[parts[1]] += count
    print(f'\n{stack}: {sum(services.values())} resources')
    for service, count in sorted(services.items(), key=lambda item: (-item[1], item[0])):
        print(f'  {count:3}  {NAMES.get(service, service)}')
    sys.stdout.flush()


def answered(title: str, checks: list[Check]) -> None:
    print(f'\n{title}')
    print(f'  {"request":46} {"expected":14} got')
    for check in checks:
        print(f'{" " if check.passed else "!"} {check.request:46} {check.expected:14} {check.got}')
    sys.stdout.flush()
