import { Template } from 'aws-cdk-lib/assertions';
import { API_ROWS } from './http-api-rows-api';
import { TASK_ROWS } from './http-api-rows-tasks';
import { ParityGuide } from './parity';
import { regionStack } from '../support/fixtures';
import { articleSystem } from '../support/http-api-article';

export const HTTP_API_GUIDE: ParityGuide = {
  title: 'ApiGatewayCloudMapFargateService',
  article: '[Infrastructure Construction for Sales Support System with IaC](https://developer.mamezou-tech.com/en/blogs/2024/12/04/sss-by-iac/)',
  template: () => {
    const stack = regionStack('Article');
    articleSystem(stack);
    return Template.fromStack(stack);
  },
  rows: [...TASK_ROWS, ...API_ROWS],
};
