"""A token endpoint in Python: pip install flask requests, then OPENAI_API_KEY=sk-… flask --app token_endpoint run

It has no limits: anybody who opens the page can ask for tokens. Add some before you go public.
"""
import os

import requests
from flask import Flask, jsonify, request

app = Flask(__name__)


@app.post('/token')
def token():
    if request.headers.get('X-Realtime-Voice') != '1':
        return '', 403
    # Here: is the visitor signed in, and has this address asked too often?
    answer = requests.post(
        'https://api.openai.com/v1/realtime/client_secrets',
        headers={'Authorization': f"Bearer {os.environ['OPENAI_API_KEY']}"},
        json={
            'expires_after': {'anchor': 'created_at', 'seconds': 30},
            'session': {
                'type': 'realtime',
                'model': 'gpt-realtime-2.1',
                'instructions': 'You are a friendly guide to our shop.',
            },
        },
        timeout=8,
    )
    if not answer.ok:
        return jsonify(error={'code': 'upstream_refused'}), 502
    return jsonify(value=answer.json()['value']), 200, {'Cache-Control': 'no-store'}
