"""The CRM's part of the demo clinic: channels, teams, a public form, leads in every state."""

from clinic_core.demo.world import World

from clinic_crm.demo import leads, masters


def install(world: World) -> None:
	"""Handler of the hook `clinic_demo`."""
	masters.build(world)
	leads.build(world)
