"""The Rasa assistant: data, responses, actions, language understanding."""
