<?php
// A token endpoint in PHP 8: <realtime-voice token-endpoint="/token.php">. The key is an environment variable of the server.
// It has no limits: anybody who opens the page can ask for tokens. Add some before you go public.
if ($_SERVER['REQUEST_METHOD'] !== 'POST' || ($_SERVER['HTTP_X_REALTIME_VOICE'] ?? '') !== '1') {
    http_response_code(403);
    exit;
}
// Here: is the visitor signed in, and has this address asked too often?
$ask = curl_init('https://api.openai.com/v1/realtime/client_secrets');
curl_setopt_array($ask, [
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT => 8,
    CURLOPT_HTTPHEADER => ['Authorization: Bearer ' . getenv('OPENAI_API_KEY'), 'Content-Type: application/json'],
    CURLOPT_POSTFIELDS => json_encode([
        'expires_after' => ['anchor' => 'created_at', 'seconds' => 30],
        'session' => [
            'type' => 'realtime',
            'model' => 'gpt-realtime-2.1',
            'instructions' => 'You are a friendly guide to our shop.',
        ],
    ]),
]);
$answer = json_decode((string) curl_exec($ask), true);
header('Content-Type: application/json');
header('Cache-Control: no-store');
http_response_code(isset($answer['value']) ? 200 : 502);
echo json_encode(isset($answer['value']) ? ['value' => $answer['value']] : ['error' => ['code' => 'upstream_refused']]);
