import pytest
from botocore.exceptions import ClientError

from .conftest import NETWORK

VISIBILITY = {'CloudWatchMetricsEnabled': True, 'MetricName': 'm', 'SampledRequestsEnabled': True}
ACL = {
    'Type': 'AWS::WAFv2::WebACL',
    'Properties': {'Scope': 'REGIONAL', 'DefaultAction': {'Allow': {}}, 'VisibilityConfig': VISIBILITY, 'Rules': []},
}
BALANCER = {
    'Type': 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'Properties': {'Type': 'application', 'Subnets': [{'Ref': 'One'}, {'Ref': 'Two'}]},
}
ARN = {'Fn::GetAtt': ['Acl', 'Arn']}


def logging(group, **more):
    return {
        'Type': 'AWS::WAFv2::LoggingConfiguration',
        'Properties': {
            'ResourceArn': ARN,
            'LogDestinationConfigs': [f'arn:aws:logs:us-east-1:000000000000:log-group:{group}'],
            **more,
        },
    }


def test_web_acl_is_associated_with_a_load_balancer_and_let_go(emulator, stack):
    association = {
        'Type': 'AWS::WAFv2::WebACLAssociation',
        'Properties': {'WebACLArn': ARN, 'ResourceArn': {'Ref': 'Balancer'}},
    }
    made = stack({**NETWORK, 'Acl': ACL, 'Balancer': BALANCER, 'Association': association})
    waf, balancer = emulator.client('wafv2'), made.physical_id('Balancer')
    assert waf.get_web_acl_for_resource(ResourceArn=balancer)['WebACL']['ARN'] in made.physical_id('Association')
    made.update({**NETWORK, 'Acl': ACL, 'Balancer': BALANCER})
    with pytest.raises(ClientError, match='WAFNonexistentItemException'):
        waf.get_web_acl_for_resource(ResourceArn=balancer)


def test_logging_configuration_is_kept_changed_and_removed(emulator, stack):
    made = stack({'Acl': ACL, 'Logging': logging('aws-waf-logs-a')})
    waf, arn = emulator.client('wafv2'), made.physical_id('Logging')
    assert waf.get_logging_configuration(ResourceArn=arn)['LoggingConfiguration']['LogDestinationConfigs'][0].endswith(
        'aws-waf-logs-a'
    )
    redacted = [{'SingleHeader': {'Name': 'authorization'}}]
    made.update({'Acl': ACL, 'Logging': logging('aws-waf-logs-a', RedactedFields=redacted)})
    assert waf.get_logging_configuration(ResourceArn=arn)['LoggingConfiguration']['RedactedFields'] == redacted
    made.update({'Acl': ACL})
    with pytest.raises(ClientError, match='WAFNonexistentItemException'):
        waf.get_logging_configuration(ResourceArn=arn)


@pytest.mark.parametrize('group', ['waf', 'aws-waf-logs-a:*'])
def test_fails_on_a_log_group_that_waf_would_refuse(stack, group):
    with pytest.raises(AssertionError, match='a WAF log destination is called aws-waf-logs-'):
        stack({'Acl': ACL, 'Logging': logging(group)})
