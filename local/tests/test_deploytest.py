"""The parts of the deploy test that decide: resolving, comparing, finding what is gone."""

import json

import pytest

from local.deploytest import integ
from local.deploytest.compare import differences
from local.deploytest.describe import DeployedStack
from local.deploytest.lifecycle import changes
from local.deploytest.resolve import Computed, Resolver
from local.deploytest.upgrade import earlier, make_earlier
from local.session.stacks import Stack

from .conftest import NETWORK

TEMPLATE = {'Parameters': {'Size': {'Default': 'small'}}, 'Resources': {}}
RESOLVER = Resolver(
    TEMPLATE,
    {'Group': 'sg-1', 'Queue': 'arn:aws:sqs:eu-central-1:000000000000:q', 'Bucket': 'files'},
    'eu-central-1',
    'S',
    {'Shared:Group': 'sg-2'},
)


@pytest.mark.parametrize(
    ('value', 'resolved'),
    [
        ({'Ref': 'Group'}, 'sg-1'),
        ({'Ref': 'Size'}, 'small'),
        ({'Fn::GetAtt': ['Group', 'GroupId']}, 'sg-1'),
        ({'Fn::GetAtt': ['Queue', 'Arn']}, 'arn:aws:sqs:eu-central-1:000000000000:q'),
        ({'Fn::Join': ['', ['arn:', {'Ref': 'AWS::Partition'}, ':s3:::', {'Ref': 'Bucket'}]]}, 'arn:aws:s3:::files'),
        ({'Fn::Sub': '${AWS::Region}/${Bucket}'}, 'eu-central-1/files'),
        ({'Fn::Sub': ['${X}-${Bucket}', {'X': {'Ref': 'Size'}}]}, 'small-files'),
        ({'Fn::Select': [1, ['a', {'Ref': 'Bucket'}]]}, 'files'),
        ({'Fn::ImportValue': 'Shared:Group'}, 'sg-2'),
        ([{'Ref': 'AWS::NoValue'}, {'A': {'Ref': 'AWS::NoValue'}, 'B': 1}], [{'B': 1}]),
    ],
)
def test_resolves_what_the_template_and_the_stack_tell(value, resolved):
    assert RESOLVER.resolve(value) == resolved


@pytest.mark.parametrize(
    ('value', 'fits', 'fails'),
    [
        ({'Fn::GetAtt': ['Bucket', 'Arn']}, 'arn:aws:s3:::files', 'arn:aws:s3:::other'),
        (
            {'Fn::Join': ['', [{'Fn::GetAtt': ['Db', 'Endpoint.Address']}, ':5432']]},
            'db.example.com:5432',
            'db.example.com:5433',
        ),
        ({'Fn::Join': ['/', [{'Fn::GetAtt': ['X', 'Name']}, '*']]}, 'x/*', '/*'),
        ({'Fn::ImportValue': 'other'}, 'anything', ''),
    ],
)
def test_fits_what_only_cloudformation_knows(value, fits, fails):
    pattern = RESOLVER.resolve(value)
    assert isinstance(pattern, Computed)
    assert differences(pattern, fits, 'P') == []
    assert differences(pattern, fails, 'P') != []


@pytest.mark.parametrize(
    ('wanted', 'reported'),
    [
        ({'Port': 443, 'Protocol': 'HTTPS'}, {'Port': 443, 'Protocol': 'HTTPS', 'More': 1}),
        ({'CidrIp': '10.0.0.0/8'}, {'cidrIp': '10.0.0.0/8'}),
        ('true', True),
        ('30', 30),
        (5, 5.0),
        (['a', 'b'], ['b', 'a', 'c']),
        ({'Version': '2012-10-17'}, '{"Version": "2012-10-17"}'),
        ({'a': '1'}, [{'Key': 'a', 'Value': '1'}]),
    ],
)
def test_agrees_when_the_report_says_the_same_in_other_words(wanted, reported):
    assert differences(wanted, reported, 'P') == []


@pytest.mark.parametrize(
    ('wanted', 'reported', 'said'),
    [
        ({'Port': 443}, {'Port': 80}, 'P.Port: wanted 443, got 80'),
        ({'Port': 443}, {}, 'P.Port: wanted 443, not reported'),
        ({'Port': 443}, 'text', "P: wanted {'Port': 443}, got 'text'"),
        (['a', 'a'], ['a'], "P[1]: wanted 'a', got None"),
        (True, 'false', "P: wanted True, got 'false'"),
        ('x', 1, "P: wanted 'x', got 1"),
    ],
)
def test_fails_with_the_place_and_both_values(wanted, reported, said):
    assert said in differences(wanted, reported, 'P')


def test_finds_the_paths_that_an_update_changes():
    before = {
        'Log': {'Properties': {'RetentionInDays': 7}},
        'Task': {'Properties': {'Environment': [{'Name': 'A', 'Value': '1'}]}},
    }
    after = {
        'Log': {'Properties': {'RetentionInDays': 14}},
        'Task': {'Properties': {'Environment': [{'Name': 'A', 'Value': '2'}]}},
    }
    assert sorted(changes(before, after)) == ['.Log.Properties.RetentionInDays', '.Task.Properties.Environment.0.Value']
    assert changes(before, before) == []


def deployed(emulator, made, resources, tmp_path):
    file = tmp_path / 'template.json'
    file.write_text(json.dumps({'Resources': resources}))
    return DeployedStack(emulator, Stack(made.name, 'us-east-1', file))


def test_describes_a_stack_and_fails_where_it_is_not_as_in_the_template(emulator, stack, tmp_path):
    rule = {
        'Type': 'AWS::EC2::SecurityGroupIngress',
        'Properties': {
            'GroupId': {'Ref': 'Group'},
            'IpProtocol': 'tcp',
            'FromPort': 80,
            'ToPort': 80,
            'SourceSecurityGroupId': {'Fn::GetAtt': ['Other', 'GroupId']},
        },
    }
    queue = {'Type': 'AWS::SQS::Queue', 'Properties': {'VisibilityTimeout': 30}}
    resources = {**NETWORK, 'Rule': rule, 'Queue': queue}
    made = stack(resources)
    right = deployed(emulator, made, resources, tmp_path).compare()
    assert (right.wrong, right.described, dict(right.undescribed)) == ([], 6, {'AWS::SQS::Queue': 1})
    other = {
        **resources,
        'Vpc': {'Type': 'AWS::EC2::VPC', 'Properties': {'CidrBlock': '10.8.0.0/16'}},
        'Lost': queue,
        'Rule': {**rule, 'Properties': {**rule['Properties'], 'FromPort': 81}},
    }
    wrong = deployed(emulator, made, other, tmp_path).compare().wrong
    assert wrong == [
        "Vpc (AWS::EC2::VPC) CidrBlock: wanted '10.8.0.0/16', got '10.9.0.0/16'",
        'Rule (AWS::EC2::SecurityGroupIngress): the describe call finds nothing',
        'Lost (AWS::SQS::Queue): not among the resources of the stack',
    ]
    gone = deployed(emulator, made, resources, tmp_path)
    made.delete()
    assert [gone.record(name) for name in ('Vpc', 'One', 'Group', 'Rule')] == [None] * 4


def test_names_the_types_that_the_emulator_does_not_know(emulator):
    assert integ.unknown_types(emulator, {'AWS::EC2::VPC', 'AWS::EC2::SecurityGroupIngress'}) == set()
    assert integ.unknown_types(emulator, {'AWS::EC2::VPC', 'AWS::Ghost::Thing'}) == {'AWS::Ghost::Thing'}
    assert integ.unknown_types(emulator, set()) == set()


def test_secrets_that_a_template_resolves_are_stored_beforehand(emulator):
    named = set(
        integ.RESOLVED.findall(
            '"{{resolve:secretsmanager:app/oidc:SecretString:clientSecret::}}" "{{resolve:secretsmanager:app/oidc:SecretString:id}}"'
        )
    )
    for _ in range(2):
        integ.store_secrets(emulator, {'us-east-1'}, named)
    stored = emulator.client('secretsmanager').get_secret_value(SecretId='app/oidc')['SecretString']
    assert json.loads(stored) == {'clientSecret': 'from-outside', 'id': 'from-outside'}


@pytest.mark.parametrize(('kind', 'passes'), [('AWS::Serverless::Application', True), ('AWS::Ghost::Thing', False)])
def test_a_case_with_an_unknown_type_is_named_and_fails_unless_the_gap_is(emulator, tmp_path, kind, passes):
    from local.session.cdk_cli import CdkCli

    snapshot = tmp_path / 'integ.x.ts.snapshot'
    snapshot.mkdir()
    (snapshot / 'x.template.json').write_text(json.dumps({'Resources': {'X': {'Type': kind}}}))
    outcome = integ.run_case(CdkCli(emulator, tmp_path / 'log'), tmp_path, tmp_path / 'integ.x.ts')
    assert outcome.passed is passes
    assert f'the emulator does not know {kind}' in outcome.said


def test_an_earlier_template_differs_in_logs_and_containers_only():
    template = {
        'Resources': {
            'Log': {'Type': 'AWS::Logs::LogGroup', 'Properties': {'RetentionInDays': 365}},
            'Task': {'Type': 'AWS::ECS::TaskDefinition', 'Properties': {'ContainerDefinitions': [{'Name': 'app'}]}},
            'Bucket': {'Type': 'AWS::S3::Bucket'},
        }
    }
    before = earlier(template)
    assert sorted(changes(before, template)) == [
        '.Resources.Log.Properties.RetentionInDays',
        '.Resources.Task.Properties.ContainerDefinitions.0.Environment',
    ]
    assert template['Resources']['Log']['Properties']['RetentionInDays'] == 365


def test_an_earlier_template_is_uploaded_under_a_hash_of_its_own(tmp_path):
    template = tmp_path / 'S.template.json'
    template.write_text(json.dumps({'Resources': {'Log': {'Type': 'AWS::Logs::LogGroup', 'Properties': {}}}}))
    (tmp_path / 'manifest.json').write_text(json.dumps({'url': 's3://assets/old.json'}))
    assets = tmp_path / 'S.assets.json'
    assets.write_text(json.dumps({'files': {'other': {'source': {'path': 'x'}}, 'old': {'source': {'path': template.name}}}}))
    make_earlier(tmp_path, Stack('S', 'eu-central-1', template))
    new = next(key for key in json.loads(assets.read_text())['files'] if key != 'other')
    assert len(new) == 64
    assert json.loads((tmp_path / 'manifest.json').read_text())['url'] == f's3://assets/{new}.json'
    assert 'RetentionInDays' in template.read_text()


def test_a_secret_that_the_template_refers_to_is_in_no_report():
    wanted = {'ClientId': 'maps', 'ClientSecret': '{{resolve:secretsmanager:maps:SecretString:secret::}}'}
    assert differences(wanted, {'ClientId': 'maps'}, 'P') == []
    assert differences(wanted, {'ClientId': 'other'}, 'P') != []
