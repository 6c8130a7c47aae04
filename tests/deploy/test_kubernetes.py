"""The Kubernetes manifests name each other, the image and the settings rightly."""

from typing import Any

import yaml

from deploy.arrangement import OPS_PORTS
from deploy.docs_check import settings
from deploy.install import ROOT
from tests.deploy.rendering import KUBERNETES, kubernetes, kustomization

POD: dict[str, Any] = yaml.safe_load((KUBERNETES / "pod.yaml").read_text())["spec"]["template"]
CONTAINER: dict[str, Any] = POD["spec"]["containers"][0]
SECRET = kubernetes(KUBERNETES / "secret.example.yaml")["Secret", "parley"]


def deployments() -> dict[str, dict[str, Any]]:
    return {name: one for (kind, name), one in kubernetes().items() if kind == "Deployment"}


def test_there_is_a_deployment_for_each_service() -> None:
    commands = {name: one["spec"]["template"]["spec"]["containers"][0]["args"] for name, one in deployments().items()}
    assert commands == {name: [f"services.{name}"] for name in OPS_PORTS}


def test_each_deployment_gets_the_common_pod() -> None:
    [patch] = kustomization()["patches"]
    key, value = patch["target"]["labelSelector"].split("=")
    for one in deployments().values():
        assert one["metadata"]["labels"][key] == value
        assert one["spec"]["template"]["spec"]["containers"][0]["name"] == CONTAINER["name"]


def test_selectors_find_their_pods() -> None:
    for (kind, name), one in kubernetes().items():
        if kind in {"Deployment", "StatefulSet"}:
            labels = one["spec"]["template"]["metadata"]["labels"]
            assert one["spec"]["selector"]["matchLabels"].items() <= labels.items(), name
        if kind == "Service":
            assert one["spec"]["selector"] == {"app.kubernetes.io/name": name}


def test_all_files_are_used() -> None:
    apart = {"kustomization.yaml", "pod.yaml", "secret.example.yaml"}
    assert set(kustomization()["resources"]) == {file.name for file in KUBERNETES.iterdir()} - apart


def test_the_image_is_the_one_the_kustomization_renames() -> None:
    assert CONTAINER["image"] == kustomization()["images"][0]["name"]


def test_every_secret_asked_for_is_in_the_example() -> None:
    assert secrets_asked_for(kubernetes()) | secrets_asked_for(POD) == set(SECRET["stringData"])


def test_every_setting_exists() -> None:
    own = {one["name"] for one in CONTAINER["env"]} - {"POSTGRES_PASSWORD"}
    assert own | set(kubernetes()["ConfigMap", "settings"]["data"]) <= settings()


def test_nats_is_configured_as_everywhere() -> None:
    files = kubernetes()["ConfigMap", "nats"]["data"]
    assert files == {name: (ROOT / "deploy" / name).read_text() for name in ("nats.conf", "nats-users.conf")}


def test_each_service_is_its_own_user_of_nats() -> None:
    for name, one in deployments().items():
        [container] = one["spec"]["template"]["spec"]["containers"]
        password, url = container["env"]
        assert password["valueFrom"]["secretKeyRef"]["key"] == f"NATS_PASSWORD_{name.upper()}"
        assert url["value"] == f"nats://{name}:$(NATS_PASSWORD)@nats:4222"


def test_probes_and_policies_name_the_right_ports() -> None:
    [ops] = CONTAINER["ports"]
    assert str(ops["containerPort"]) == kubernetes()["ConfigMap", "settings"]["data"]["PARLEY_OPS_PORT"]
    probes = [CONTAINER[f"{kind}Probe"]["httpGet"]["port"] for kind in ("startup", "liveness", "readiness")]
    assert probes == [ops["name"]] * 3
    [rule] = kubernetes()["NetworkPolicy", "monitoring-to-metrics"]["spec"]["ingress"]
    assert rule["ports"] == [{"port": ops["containerPort"]}]


def secrets_asked_for(described: Any) -> set[str]:
    """Keys of the secret `parley`, wherever they stand."""
    match described:
        case {"secretKeyRef": {"name": "parley", "key": str(key)}}:
            return {key}
        case dict():
            return set().union(*(secrets_asked_for(one) for one in described.values()))
        case list():
            return set().union(*(secrets_asked_for(one) for one in described))
        case _:
            return set()
