"""Parts of addresses."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class NumberConverter(IntConverter):
    """The number of a thing. One that no database can hold is no address, rather than an error in a query."""

    regex = "[0-9]{1,18}"


register_converter(NumberConverter, "number")
