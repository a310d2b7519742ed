"""JupyterHub for the explainer and for live notebooks. Zero to JupyterHub takes it as it is, under ``hub.extraConfig``.

It says nothing about who may log in and where servers run: that is of each hub.
"""

c = get_config()  # noqa: F821

# Who logs in sees the explainer; a link to it for anybody with an account is …/hub/user-redirect/prolo_dash/
c.Spawner.default_url = "/prolo_dash/"

# A server takes 140 MB, and each live notebook 90 MB more.
c.Spawner.mem_limit = "1G"

# A kernel whose page was closed is ended after five minutes, a server that nobody uses after twenty.
c.Spawner.args = [
    "--MappingKernelManager.cull_idle_timeout=300",
    "--MappingKernelManager.cull_interval=30",
    "--MappingKernelManager.cull_busy=True",
    "--ServerApp.shutdown_no_activity_timeout=1200",
]
