"""A class beside JupyterHub: the explainer as a service of the hub, at …/services/class/. Pupils need no account.

Change the address, and give the teacher's secret to the hub's environment (`openssl rand -hex 20` makes one up).
Teachers open https://hub.example/services/class/#teach=SECRET; what is behind “#” is in no log.
"""

import os

c = get_config()  # noqa: F821

PREFIX = "/services/class/"
PUBLIC = "https://hub.example"  # as browsers see the hub
PORT = 8866

c.JupyterHub.services.append(
    {
        "name": "class",
        "url": f"http://127.0.0.1:{PORT}",
        "command": [
            "prolo-dash",
            "serve",
            "--class",
            "--address=127.0.0.1",
            f"--port={PORT}",
            f"--base_url={PREFIX}",
            f"--Voila.custom_display_url={PUBLIC}{PREFIX}",
        ],
        "environment": {"PROLO_DASH_TEACHER_SECRET": os.environ["PROLO_DASH_TEACHER_SECRET"]},
        # "user": "prolo",  # who runs it, where the hub runs as root; else it is the hub's own user
    }
)
