def test_a_name_and_its_password_give_a_token(client):
    response = client.post("/api/v1/tokens", json={"name": "bureau", "password": "open sesame"})
    body = response.json()
    assert response.status_code == 200
    assert (body["token_type"], body["role"], body["unit"]) == ("Bearer", "bureau", None)
    assert response.headers["cache-control"] == "no-store"
    bearer = {"Authorization": f"Bearer {body['access_token']}"}
    assert client.get("/api/v1/notes", headers=bearer).status_code == 200


def test_a_wrong_password(client, problem, log):
    credentials = {"name": "bureau", "password": "hush"}
    response = client.post("/api/v1/tokens", json=credentials)
    problem(response, 401, "wrong_credentials")
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert "hush" not in str(log)


def test_half_a_request(client, problem):
    problem(client.post("/api/v1/tokens", json={"name": "bureau"}), 422, "invalid_request")
