"""The calls in the guide to the API do what it says when they are copied and pasted."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.site import ROOT, Site
from tests.forms.files import PDF

GUIDE = (ROOT / "docs" / "api.md").read_text()
JOBS = GUIDE.partition("## The five commonest jobs")[2].partition("\n## ")[0]
CALLS = re.findall(r"^```sh\n(.*?)^```", JOBS, re.DOTALL | re.MULTILINE)


@pytest.fixture
def pasted(site: Site, tmp_path: Path) -> list[str]:
    """Return what each call of the guide answers, one after the other in one shell, which ends at the first refusal."""
    if shutil.which("curl") is None:
        pytest.skip("the guide's calls need curl")
    (tmp_path / "referral.pdf").write_bytes(PDF)
    (tmp_path / ".curlrc").write_text("fail-with-body\nsilent\nshow-error\n")
    certificate = str(site.mail.parent / "site.crt")
    script = "".join(f"{call}echo; echo ---\n" for call in CALLS).replace("http://127.0.0.1:8000", site.url)
    trusted = {"CURL_HOME": str(tmp_path), "CURL_CA_BUNDLE": certificate, "SSL_CERT_FILE": certificate}
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    ended = subprocess.run(command, cwd=tmp_path, env=os.environ | trusted, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr
    return ended.stdout.split("\n---\n")[:-1]


def test_the_calls_of_the_guide_work_as_they_stand(pasted: list[str], site: Site) -> None:
    page, around, lists, found, sent, file = pasted
    assert '"type":"ConditionPage","title":"Upper back pain"' in page
    assert '"navigation":' in around
    assert lists.count('"total":') == 2
    assert '"total":0' not in lists + found
    request = site.ask("client_pages", "latest_appointment_request")
    assert request["reference"] in sent
    assert request["answers"]["What would you like help with?"] == "My left knee hurts on stairs."
    assert '"token":' in file
