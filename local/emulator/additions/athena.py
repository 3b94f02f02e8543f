"""Athena: a query's result is written to the very object that GetQueryExecution names."""

from ministack.services import athena

from ..registry import Props


def install() -> None:
    start, save = athena._start_query_execution, athena._save_query_results

    def start_query_execution(request: Props) -> object:
        result = request.get('ResultConfiguration') or {}
        location = result.get('OutputLocation')
        if location and not location.endswith('/'):
            request = {**request, 'ResultConfiguration': {**result, 'OutputLocation': f'{location}/'}}
        return start(request)

    async def save_query_results(query_id: str) -> object:
        config = athena._executions.get(query_id)['ResultConfiguration']
        reported = config['OutputLocation']
        config['OutputLocation'] = reported.rsplit('/', 1)[0] + '/'
        try:
            return await save(query_id)
        finally:
            config['OutputLocation'] = reported

    athena._start_query_execution, athena._save_query_results = start_query_execution, save_query_results
