from apitest.compat import constants


def test_absent_values_are_told_apart() -> None:
    """No document holds one of the two by chance, and neither stands for the other."""
    assert constants.Invalid != constants.No_Value
    assert min(len(constants.Invalid), len(constants.No_Value)) > 20


def test_both_spellings_mean_the_same() -> None:
    """Projects write Basic_Auth and BASIC_AUTH, WSX and WEB_SOCKETS."""
    assert constants.Auth.Basic_Auth == constants.Auth.BASIC_AUTH == "basic"
    assert constants.Channel_Type.WSX == constants.Channel_Type.WEB_SOCKETS != constants.Channel_Type.REST
