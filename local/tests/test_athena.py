import time


def test_the_result_of_a_query_lies_where_the_query_says(emulator):
    athena, s3 = emulator.client('athena'), emulator.client('s3')
    s3.create_bucket(Bucket='results')
    query = athena.start_query_execution(
        QueryString='SELECT 1 AS n', ResultConfiguration={'OutputLocation': 's3://results/query'}
    )['QueryExecutionId']
    for _ in range(100):
        execution = athena.get_query_execution(QueryExecutionId=query)['QueryExecution']
        if execution['Status']['State'] in ('SUCCEEDED', 'FAILED'):
            break
        time.sleep(0.1)
    bucket, _, key = execution['ResultConfiguration']['OutputLocation'].removeprefix('s3://').partition('/')
    assert execution['Status']['State'] == 'SUCCEEDED'
    assert b'1' in s3.get_object(Bucket=bucket, Key=key)['Body'].read()
