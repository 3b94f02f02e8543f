"""DekartOnFargate with its defaults: where things are, and who may open a connection to whom."""

from diagrams.aws.analytics import Athena, GlueDataCatalog
from diagrams.aws.compute import Fargate
from diagrams.aws.database import RDSPostgresqlInstance
from diagrams.aws.general import Users
from diagrams.aws.management import CloudwatchLogs
from diagrams.aws.network import ElbApplicationLoadBalancer, Route53
from diagrams.aws.security import CertificateManager, Cognito, SecretsManager
from diagrams.aws.storage import S3

from style import DATA, QUIET, SIGN_IN, flow, flow_across, group, isolated_subnets, picture, public_subnets, region, vpc

with picture("dekart"):
    users = Users("Browser")

    with region("Region"):
        with group("Name and sign-in"):
            dns = Route53("Route 53\nalias record")
            certificate = CertificateManager("ACM\ncertificate")
            cognito = Cognito("Cognito\nuser pool")

        with vpc("VPC, two Availability Zones, no NAT"):
            with public_subnets("Public subnets"):
                balancer = ElbApplicationLoadBalancer("Load balancer")
                task = Fargate("Dekart\none task")
            with isolated_subnets("Isolated subnets"):
                database = RDSPostgresqlInstance("PostgreSQL")

        with group("Operation"):
            secrets = SecretsManager("Secrets\nManager")
            logs = CloudwatchLogs("CloudWatch\nLogs")

        with group("Data"):
            athena = Athena("Athena\nworkgroup")
            bucket = S3("Dekart's bucket")
            glue = GlueDataCatalog("Glue tables")
            sources = S3("Source buckets")

    users >> flow("asks for the name", QUIET, style="dashed") >> dns
    users >> flow("HTTPS 443 (80 redirects)") >> balancer
    cognito << flow("tokens,\nHTTPS 443", SIGN_IN) << balancer
    users >> flow("signs in, HTTPS 443", SIGN_IN) >> cognito
    certificate >> flow("", QUIET, style="dashed") >> balancer
    balancer >> flow("HTTP 8080") >> task
    balancer >> flow("", style="invis") >> database
    task >> flow_across("TLS 15432", DATA, labeldistance="4", labelangle="68") >> database
    task >> flow("HTTPS 443", QUIET, style="dashed") >> secrets
    task >> flow("HTTPS 443", QUIET, style="dashed") >> logs
    task >> flow("SQL, HTTPS 443", DATA) >> athena
    task >> flow("HTTPS 443, by the\nS3 gateway endpoint", DATA) >> bucket
    athena >> flow("tables", DATA) >> glue
    athena >> flow("reads", DATA) >> sources
    athena >> flow_across("results", DATA) >> bucket
