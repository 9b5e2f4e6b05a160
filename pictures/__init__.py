"""Pictures of every state of the widget, the kiosk and the pages, made by `make pictures`."""
