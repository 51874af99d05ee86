"""The audit of a finished clip: does this file show what the mathematics gives?"""
