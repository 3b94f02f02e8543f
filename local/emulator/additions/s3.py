"""S3: encryption, lifecycle, ownership and access logging of a bucket, given to the calls that set them."""

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from ministack.services import s3

from ..registry import Props, Response, after


def document(name: str, content: Props) -> bytes:
    """A mapping as an XML document; a list repeats its element."""
    root = Element(name)
    fill(root, content)
    return bytes(tostring(root))


def fill(parent: Element, content: Props) -> None:
    for name, value in content.items():
        for each in value if isinstance(value, list) else [value]:
            child = SubElement(parent, name)
            if isinstance(each, dict):
                fill(child, each)
            else:
                child.text = str(each).lower() if isinstance(each, bool) else str(each)


def encryption(value: Props) -> bytes | None:
    """The emulator has no key of AWS's own: `aws:kms` without a key stays at the store's default."""
    rules = value['ServerSideEncryptionConfiguration']
    defaults = [rule.get('ServerSideEncryptionByDefault', {}) for rule in rules]
    if any(each.get('SSEAlgorithm') == 'aws:kms' and not each.get('KMSMasterKeyID') for each in defaults):
        return None
    names = {'ServerSideEncryptionByDefault': 'ApplyServerSideEncryptionByDefault'}
    return document(
        'ServerSideEncryptionConfiguration',
        {'Rule': [{names.get(key, key): item for key, item in rule.items()} for rule in rules]},
    )


def lifecycle(value: Props) -> bytes:
    return document('LifecycleConfiguration', {'Rule': [lifecycle_rule(rule) for rule in value['Rules']]})


def lifecycle_rule(rule: Props) -> Props:
    result: Props = {'ID': rule['Id']} if 'Id' in rule else {}
    result.update({'Filter': {'Prefix': rule.get('Prefix', '')}, 'Status': rule['Status']})
    if 'ExpirationInDays' in rule:
        result['Expiration'] = {'Days': int(rule['ExpirationInDays'])}
    if 'Transitions' in rule:
        result['Transition'] = [
            {'Days': int(each['TransitionInDays']), 'StorageClass': each['StorageClass']}
            for each in rule['Transitions']
        ]
    for name in ('NoncurrentVersionExpiration', 'AbortIncompleteMultipartUpload'):
        if name in rule:
            result[name] = rule[name]
    return result


def ownership(value: Props) -> bytes:
    return document('OwnershipControls', {'Rule': value['Rules']})


def logging(value: Props) -> bytes:
    names = {'DestinationBucketName': 'TargetBucket', 'LogFilePrefix': 'TargetPrefix'}
    return document(
        'BucketLoggingStatus',
        {'LoggingEnabled': {'TargetPrefix': '', **{names[key]: item for key, item in value.items() if key in names}}},
    )


SETTINGS: dict[str, tuple[Callable[[Props], bytes | None], Callable[[str, bytes], Response]]] = {
    'BucketEncryption': (encryption, s3._put_bucket_encryption),
    'LifecycleConfiguration': (lifecycle, s3._put_bucket_lifecycle),
    'LoggingConfiguration': (logging, s3._put_bucket_logging),
    'OwnershipControls': (ownership, s3._put_bucket_ownership_controls),
}


def apply_settings(bucket: str, props: Props) -> None:
    for name, (document_of, put) in SETTINGS.items():
        wanted = document_of(props[name]) if props.get(name) else None
        if wanted:
            status, _, body = put(bucket, wanted)[:3]
            if status >= 300:
                raise ValueError(f'{name}: {decoded(body)}')


def decoded(body: Any) -> str:
    return body.decode() if isinstance(body, bytes) else str(body)


def install() -> None:
    after('AWS::S3::Bucket', apply_settings)
