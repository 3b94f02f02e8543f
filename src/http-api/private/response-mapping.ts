import { Token } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { conflictIf, Conflicts } from '../../private/prop-rules';

/** What API Gateway does to answers: by status, as CloudFormation writes it. */
export type ResponseParameters = { readonly [status: string]: { readonly ResponseParameters: ReadonlyArray<{ Destination: string; Source: string }> } };

export function responseParameters(mapping?: { [status: string]: apigwv2.ParameterMapping }): ResponseParameters | undefined {
  if (mapping === undefined) return undefined;
  return Object.fromEntries(Object.entries(mapping).map(([status, { mappings }]) => [
    status,
    { ResponseParameters: Object.entries(mappings).map(([Destination, Source]) => ({ Destination, Source })) },
  ]));
}

/** Statuses that no service answers with, and parts that an answer does not have. */
export function responseMappingConflicts(mapping: { [status: string]: apigwv2.ParameterMapping } = {}): Conflicts {
  return Object.entries(mapping).flatMap(([status, { mappings }]) => [
    ...conflictIf(
      !Token.isUnresolved(status) && !/^[2-5]\d\d$/.test(status),
      `\`responseMapping\` names the status '${status}'; write one from 200 to 599, such as '500'`,
    ),
    ...Object.keys(mappings).flatMap((target) => conflictIf(
      !/^((append|overwrite|remove):header\..+|overwrite:statuscode)$/.test(target),
      `\`responseMapping\` changes '${target}', which an answer does not have; change headers, or 'overwrite:statuscode' by \`custom\``,
    )),
  ]);
}
