import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { conflictIf, Conflicts, isKnown, numberConflicts } from '../../private/prop-rules';
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
    ...conflictIf(
      isKnown(site.domainName) && hosts !== undefined && hosts.length > 0 && hosts.every((host) => isKnown(host) && !takes(host, site.domainName!)),
      `\`hostHeaders\` take no request for \`domainName\` ${site.domainName}, got ${hosts?.join(', ')}; links and sign-in lead there: add it`,
    ),
  ];
}

/** Whether a host header of a rule, which may hold `*` and `?`, takes a name. */
function takes(host: string, name: string): boolean {
  const pattern = host.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${pattern}$`, 'i').test(name);
}

/** Whether a listener is known not to speak TLS. Of an imported one only its port may be known. */
export function isHttpListener(listener: elbv2.IApplicationListener): boolean {
  const resource = listener.node.defaultChild;
  if (resource instanceof elbv2.CfnListener) return resource.protocol === elbv2.ApplicationProtocol.HTTP;
  return listener.connections.defaultPort?.toString() === '80';
}
