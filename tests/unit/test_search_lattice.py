"""The cheapest way through a lattice of pieces."""

from kiosk.search.lattice import Piece, cheapest, total_cost


def texts(pieces):
    return [piece.text for piece in pieces]


def test_one_word_that_is_dear_is_cheaper_than_its_characters():
    alone = [Piece(place + 1, text, 4.0) for place, text in enumerate("养老金")]
    found = cheapest(3, [[alone[0], Piece(3, "养老金", 5.0)], [alone[1], Piece(3, "老金", 3.0)], [alone[2]]])
    assert texts(found) == ["养老金"]
    assert total_cost(found) == 5.0


def test_of_two_ways_that_cost_the_same_the_first_is_kept():
    assert texts(cheapest(1, [[Piece(1, "他", 2.0), Piece(1, "她", 2.0)]])) == ["他"]


def test_pieces_that_nothing_reaches_are_no_way():
    assert cheapest(3, [[Piece(2, "养老", 1.0)], [Piece(3, "老金", 0.1)], [Piece(3, "金", 1.0)]])[0].text == "养老"
    assert cheapest(2, [[Piece(1, "养", 1.0)], []]) == []
    assert cheapest(0, []) == []
    assert total_cost([]) == 0
