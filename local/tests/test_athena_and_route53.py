import time


def test_the_result_of_a_query_lies_where_the_query_says(emulator):
    athena, s3 = emulator.client('athena'), emulator.client('s3')
    s3.create_bucket(Bucket='results')
    query = athena.start_query_execution(QueryString='SELECT 1 AS n', ResultConfiguration={'OutputLocation': 's3://results/query'})['QueryExecutionId']
    for _ in range(100):
        execution = athena.get_query_execution(QueryExecutionId=query)['QueryExecution']
        if execution['Status']['State'] in ('SUCCEEDED', 'FAILED'):
            break
        time.sleep(0.1)
    bucket, _, key = execution['ResultConfiguration']['OutputLocation'].removeprefix('s3://').partition('/')
    assert execution['Status']['State'] == 'SUCCEEDED'
    assert b'1' in s3.get_object(Bucket=bucket, Key=key)['Body'].read()


def test_a_hosted_zone_from_outside_the_stack_stands_ready(emulator, stack):
    records = {
        f'Record{kind}': {'Type': 'AWS::Route53::RecordSet', 'Properties': {
            'HostedZoneId': 'Z0123456789ABCDEFGHIJ', 'Name': 'maps.example.com.', 'Type': kind,
            'AliasTarget': {'DNSName': 'lb.example.net', 'HostedZoneId': 'Z35SXDOTRQ7X7K'}}} for kind in ('A', 'AAAA')}
    stack(records)
    found = emulator.client('route53').list_resource_record_sets(HostedZoneId='Z0123456789ABCDEFGHIJ')['ResourceRecordSets']
    assert {each['Type'] for each in found if each['Name'] == 'maps.example.com.'} == {'A', 'AAAA'}
    assert emulator.client('route53').get_hosted_zone(Id='Z0123456789ABCDEFGHIJ')['HostedZone']['Name'] == 'example.com.'
