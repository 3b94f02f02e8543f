"""Gives the intrinsic functions of a template the values they could have once deployed, so that a policy can be read as AWS would."""

from __future__ import annotations

import re
from typing import Any

ACCOUNT = "111122223333"

# ARNs of resources whose service leaves out the Region or the account, or that policies name most
ARNS = {
    "AWS::S3::Bucket": "arn:aws:s3:::{id}",
    "AWS::KMS::Key": "arn:aws:kms:{region}:{account}:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "AWS::Logs::LogGroup": "arn:aws:logs:{region}:{account}:log-group:{id}:*",
    "AWS::SecretsManager::Secret": "arn:aws:secretsmanager:{region}:{account}:secret:{id}-a1b2c3",
    "AWS::SecretsManager::SecretTargetAttachment": "arn:aws:secretsmanager:{region}:{account}:secret:{id}-a1b2c3",
    "AWS::IAM::Role": "arn:aws:iam::{account}:role/{id}",
    "AWS::IAM::ManagedPolicy": "arn:aws:iam::{account}:policy/{id}",
    "AWS::ECS::Cluster": "arn:aws:ecs:{region}:{account}:cluster/{id}",
    "AWS::ECS::TaskDefinition": "arn:aws:ecs:{region}:{account}:task-definition/{id}:1",
    "AWS::EFS::FileSystem": "arn:aws:elasticfilesystem:{region}:{account}:file-system/{id}",
    "AWS::EFS::AccessPoint": "arn:aws:elasticfilesystem:{region}:{account}:access-point/{id}",
    "AWS::SNS::Topic": "arn:aws:sns:{region}:{account}:{id}",
    "AWS::SQS::Queue": "arn:aws:sqs:{region}:{account}:{id}",
    "AWS::Cognito::UserPool": "arn:aws:cognito-idp:{region}:{account}:userpool/{id}",
}

# resources whose Ref is their ARN
REF_IS_ARN = {
    "AWS::SecretsManager::Secret",
    "AWS::SecretsManager::SecretTargetAttachment",
    "AWS::IAM::ManagedPolicy",
    "AWS::ECS::TaskDefinition",
    "AWS::SNS::Topic",
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
}

# an ARN of any service: it matches every resource type, for what the template does not tell
ANY_ARN = "arn:aws:*:*:*:*"


class Resolver:
    """Resolves the intrinsic functions of one template."""

    def __init__(self, template: dict[str, Any], region: str) -> None:
        self.resources: dict[str, Any] = template.get("Resources", {})
        self.pseudo = {
            "AWS::Partition": "aws",
            "AWS::Region": region,
            "AWS::AccountId": ACCOUNT,
            "AWS::URLSuffix": "amazonaws.com",
            "AWS::StackName": "stack",
            "AWS::StackId": f"arn:aws:cloudformation:{region}:{ACCOUNT}:stack/stack/1234abcd",
        }
        self.region = region

    def resolve(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.resolve(item) for item in value if item != {"Ref": "AWS::NoValue"}]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (name, argument), = value.items()
            function = getattr(self, "_" + name.replace("Fn::", "fn_").lower(), None)
            if name == "Ref" or name.startswith("Fn::"):
                return function(argument) if function else name
        return {key: self.resolve(item) for key, item in value.items() if item != {"Ref": "AWS::NoValue"}}

    def _ref(self, name: str) -> str:
        if name in self.pseudo:
            return self.pseudo[name]
        type_name = self.resources.get(name, {}).get("Type")
        return self._arn(name) if type_name in REF_IS_ARN else name.lower()

    def _fn_getatt(self, argument: Any) -> str:
        name, attribute = argument.split(".", 1) if isinstance(argument, str) else argument
        return self._arn(name) if attribute.endswith("Arn") else f"{name}-{attribute}".lower()

    def _arn(self, name: str) -> str:
        pattern = ARNS.get(self.resources.get(name, {}).get("Type"), ANY_ARN)
        return pattern.format(id=name.lower(), region=self.region, account=ACCOUNT)

    def _fn_importvalue(self, argument: Any) -> str:
        name = str(self.resolve(argument))
        return ANY_ARN if "Arn" in name else name

    def _fn_join(self, argument: list[Any]) -> str:
        delimiter, parts = argument
        return delimiter.join(str(part) for part in self.resolve(parts))

    def _fn_sub(self, argument: Any) -> str:
        text, values = argument if isinstance(argument, list) else (argument, {})

        def replace(match: re.Match[str]) -> str:
            name = match.group(1)
            if name in values:
                return str(self.resolve(values[name]))
            return str(self._fn_getatt(name) if "." in name else self._ref(name))

        return re.sub(r"\$\{([^!}]+)\}", replace, text)

    def _fn_split(self, argument: list[Any]) -> list[str]:
        delimiter, text = argument
        return str(self.resolve(text)).split(delimiter)

    def _fn_select(self, argument: list[Any]) -> Any:
        index, items = int(argument[0]), self.resolve(argument[1])
        return items[index] if isinstance(items, list) and index < len(items) else "selected"

    def _fn_if(self, argument: list[Any]) -> Any:
        return self.resolve(argument[1])
