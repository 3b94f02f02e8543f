import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { conflictIf, Conflicts, numberConflicts } from '../../private/prop-rules';
import type { SiteDomainProps } from '../../private/site-domain';
import type { ExistingListenerOptions } from '../application-ingress-options';

/** One rule takes five values; two are paths. */
const HOSTS_MAX = 3;

interface ListenerSite extends SiteDomainProps {
  readonly signsIn: boolean;
  readonly plainHttp: boolean;
}

export function existingListenerConflicts(options: ExistingListenerOptions, site: ListenerSite): Conflicts {
  const hosts = options.hostHeaders;
  return [
    ...conflictIf(site.domainName === undefined, '`domainName` is not set, which `ingress` existingListener needs for links and its rules; name the site'),
    ...conflictIf(
      site.signsIn && site.plainHttp,
      '`ingress` existingListener is not an HTTPS listener, which `authentication` with sign-in needs; pass one, or choose DekartAuthentication.none(reason)',
    ),
    ...conflictIf(
      site.certificate !== undefined && site.plainHttp,
      '`certificate` has no use on the listener of `ingress`, which is not an HTTPS listener; leave it out, or pass another listener',
    ),
    ...numberConflicts('priority', options.priority, 1, 49_999),
    ...conflictIf(
      hosts !== undefined && (hosts.length === 0 || hosts.length > HOSTS_MAX),
      `\`hostHeaders\` must name 1 to ${HOSTS_MAX} hosts, got ${hosts?.length}; other sites would reach the server, or the rule be refused`,
    ),
  ];
}

/** Whether a listener is known not to speak TLS. Of an imported one only its port may be known. */
export function isHttpListener(listener: elbv2.IApplicationListener): boolean {
  const resource = listener.node.defaultChild;
  if (resource instanceof elbv2.CfnListener) return resource.protocol === elbv2.ApplicationProtocol.HTTP;
  return listener.connections.defaultPort?.toString() === '80';
}
