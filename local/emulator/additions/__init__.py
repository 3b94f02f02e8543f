"""What the pinned release lacks, one file per AWS service. Each has its test in `local/tests/`."""

from typing import Any

from . import (
    application_autoscaling,
    athena,
    backup,
    cloudwatch,
    cognito,
    ec2,
    ecs,
    elasticloadbalancing,
    http_api,
    http_api_requests,
    outside,
    s3,
    secretsmanager,
    wafv2,
)

# in this order: what stands ready for a type goes before the type's own addition
MODULES = (
    athena,
    backup,
    cloudwatch,
    cognito,
    ec2,
    ecs,
    elasticloadbalancing,
    http_api,
    http_api_requests,
    s3,
    secretsmanager,
    wafv2,
    outside,
)


def install_all(app: Any) -> None:
    for module in MODULES:
        module.install()
    application_autoscaling.install(app)
