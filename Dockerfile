# The program in an image of its own: built by the hashed lock, run as an ordinary user.

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/ipregister
COPY requirements/runtime.txt /build/requirements.txt
RUN /opt/ipregister/bin/pip install --require-hashes --no-deps -r /build/requirements.txt
WORKDIR /build/source
COPY . .
RUN /opt/ipregister/bin/pip install --no-build-isolation --no-deps . \
    && /opt/ipregister/bin/pip uninstall --yes setuptools pip

FROM python:3.13-slim
RUN useradd --system --create-home --home-dir /var/lib/ipregister ipregister
COPY --from=build /opt/ipregister /opt/ipregister
ENV PATH=/opt/ipregister/bin:$PATH PYTHONUNBUFFERED=1 IPREGISTER_DATA_DIR=/var/lib/ipregister
USER ipregister
WORKDIR /var/lib/ipregister
VOLUME /var/lib/ipregister
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["ipregister"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
