"""Reads every IAM policy document of every staged template with parliament, community auditors on.

Usage: python parliament_judge.py <staged templates .json> <findings .json>
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Iterator

import parliament
from parliament.cli import is_finding_filtered

from intrinsics import Resolver

# A trust policy names who, not what. A key, bucket or log policy says "*" for the one resource it is attached to,
# and giving the permissions of that resource to its account is what a resource policy is for.
ONLY_OF_IDENTITY_POLICIES = {"RESOURCE_STAR", "RESOURCE_MISMATCH", "PERMISSIONS_MANAGEMENT_ACTIONS", "CREDENTIALS_EXPOSURE"}


def policy_documents(value: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every policy document below `value`, with the property it is in."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from policy_documents(item, f"{where}.{index}")
    elif isinstance(value, dict):
        statements = value.get("Statement")
        if isinstance(statements, dict):
            statements = [statements]
        if statements and all("Effect" in statement for statement in statements):
            yield where.lstrip("."), {**value, "Statement": statements}
        else:
            for key, item in value.items():
                yield from policy_documents(item, f"{where}.{key}")


def statements_for_parliament(document: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """The document in a form parliament takes, and whether it is attached to a resource instead of an identity."""
    statements = []
    attached_to_resource = any("Principal" in statement or "NotPrincipal" in statement for statement in document["Statement"])
    for statement in document["Statement"]:
        complete = "Resource" in statement or "NotResource" in statement
        statements.append(statement if complete else {**statement, "Resource": "*"})
    return {**document, "Statement": statements}, attached_to_resource


def judge_document(document: dict[str, Any]) -> list[parliament.finding.Finding]:
    policy_document, attached_to_resource = statements_for_parliament(document)
    policy = parliament.analyze_policy_string(
        json.dumps(policy_document), include_community_auditors=True, config=parliament.config)
    findings = [parliament.enhance_finding(finding) for finding in policy.findings]
    return [
        finding for finding in findings
        if not is_finding_filtered(finding, "LOW")
        and not (attached_to_resource and finding.issue in ONLY_OF_IDENTITY_POLICIES)
    ]


def judge_template(staged: dict[str, Any]) -> Iterator[dict[str, str]]:
    resolver = Resolver(staged["content"], staged["region"])
    for logical_id, resource in staged["content"].get("Resources", {}).items():
        for where, document in policy_documents(resolver.resolve(resource.get("Properties", {}))):
            for finding in judge_document(document):
                yield {
                    "judge": "parliament",
                    "id": staged["id"],
                    "rule": finding.issue,
                    "logicalId": logical_id,
                    "message": f"{where}: {finding.title}: {finding.detail}",
                }


def main() -> None:
    staged_file, output_file = sys.argv[1:]
    auditors = Path(parliament.__file__).parent / "community_auditors" / "config_override.yaml"
    parliament.override_config(auditors)
    findings = [finding for staged in json.loads(Path(staged_file).read_text()) for finding in judge_template(staged)]
    Path(output_file).write_text(json.dumps(findings))


if __name__ == "__main__":
    main()
