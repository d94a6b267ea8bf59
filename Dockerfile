# One image for web and worker. Built without a compiler: every dependency has a wheel.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY requirements/runtime.txt requirements/runtime.txt
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements/runtime.txt
COPY . .
RUN /venv/bin/pybabel compile --domain django --directory locale \
 && DJANGO_SETTINGS_MODULE=config.settings.production SECRET_KEY=build VAR_DIR=/app/var \
    /venv/bin/python manage.py collectstatic --no-input

FROM python:3.11-slim-bookworm
RUN useradd --create-home --uid 10001 interurban
COPY --from=build /venv /venv
COPY --from=build --chown=interurban /app /app
WORKDIR /app
USER interurban
ENV PATH=/venv/bin:$PATH DJANGO_SETTINGS_MODULE=config.settings.production PYTHONUNBUFFERED=1
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=3s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz')"]
CMD ["gunicorn", "--config", "config/gunicorn.py", "--bind", "0.0.0.0:8000", "config.wsgi:application"]
