import pytest

BUCKET = {
    'Type': 'AWS::S3::Bucket',
    'Properties': {
        'BucketEncryption': {
            'ServerSideEncryptionConfiguration': [
                {
                    'BucketKeyEnabled': True,
                    'ServerSideEncryptionByDefault': {
                        'SSEAlgorithm': 'aws:kms',
                        'KMSMasterKeyID': 'arn:aws:kms:us-east-1:000000000000:key/k',
                    },
                }
            ]
        },
        'LifecycleConfiguration': {
            'Rules': [
                {
                    'Id': 'results',
                    'Status': 'Enabled',
                    'Prefix': 'results/',
                    'ExpirationInDays': 30,
                    'NoncurrentVersionExpiration': {'NoncurrentDays': 90},
                },
                {
                    'Status': 'Enabled',
                    'AbortIncompleteMultipartUpload': {'DaysAfterInitiation': 7},
                    'Transitions': [{'StorageClass': 'GLACIER', 'TransitionInDays': 60}],
                },
            ]
        },
        'LoggingConfiguration': {'DestinationBucketName': {'Ref': 'Logs'}, 'LogFilePrefix': 'x/'},
        'OwnershipControls': {'Rules': [{'ObjectOwnership': 'ObjectWriter'}]},
    },
}
LOGS = {'Type': 'AWS::S3::Bucket', 'Properties': {}}


def test_bucket_keeps_its_settings_and_changes_them(emulator, stack):
    made = stack({'Bucket': BUCKET, 'Logs': LOGS})
    s3, name = emulator.client('s3'), made.physical_id('Bucket')
    default = s3.get_bucket_encryption(Bucket=name)['ServerSideEncryptionConfiguration']['Rules'][0]
    assert default['ApplyServerSideEncryptionByDefault']['SSEAlgorithm'] == 'aws:kms'
    assert default['BucketKeyEnabled'] is True
    results, uploads = s3.get_bucket_lifecycle_configuration(Bucket=name)['Rules']
    assert (results['Filter'], results['Expiration'], results['NoncurrentVersionExpiration']) == (
        {'Prefix': 'results/'},
        {'Days': 30},
        {'NoncurrentDays': 90},
    )
    assert (uploads['AbortIncompleteMultipartUpload'], uploads['Transitions'][0]['Days']) == (
        {'DaysAfterInitiation': 7},
        60,
    )
    logging = s3.get_bucket_logging(Bucket=name)['LoggingEnabled']
    assert (logging['TargetBucket'], logging['TargetPrefix']) == (made.physical_id('Logs'), 'x/')
    assert s3.get_bucket_ownership_controls(Bucket=name)['OwnershipControls']['Rules'] == [
        {'ObjectOwnership': 'ObjectWriter'}
    ]
    other = {
        **BUCKET,
        'Properties': {
            **BUCKET['Properties'],
            'OwnershipControls': {'Rules': [{'ObjectOwnership': 'BucketOwnerEnforced'}]},
        },
    }
    made.update({'Bucket': other, 'Logs': LOGS})
    assert s3.get_bucket_ownership_controls(Bucket=name)['OwnershipControls']['Rules'] == [
        {'ObjectOwnership': 'BucketOwnerEnforced'}
    ]


def test_fails_on_a_setting_that_s3_refuses(stack):
    rule = {'Status': 'Enabled', 'Prefix': 'x/', 'ExpirationInDays': 0}
    with pytest.raises(AssertionError, match='LifecycleConfiguration: '):
        stack({'Bucket': {'Type': 'AWS::S3::Bucket', 'Properties': {'LifecycleConfiguration': {'Rules': [rule]}}}})
