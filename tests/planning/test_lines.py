"""What is told of one thing in another is kept where both meet: the quantity of a product in an order."""

from __future__ import annotations

import pytest

from tests.planning.talking import asked, propose, quoted, shape, talk

LINES = {
    "Products have a name. An order contains several products with quantity and price.": (
        "OrderProduct", "quantity:int price:Decimal order_id:int->Order product_id:int->Product",
    ),
    "Products, orders and order items. An order contains several products with a quantity and a price.": (
        "OrderItem", "quantity:int price:Decimal order_id:int->Order product_id:int->Product",
    ),
    "Users log workouts, each workout consists of exercises with sets, reps and weight.": (
        "WorkoutExercise", "sets:int reps:int weight:float workout_id:int->Workout exercise_id:int->Exercise",
    ),
    "Dishes have a name. A menu includes several dishes with a position.": (
        "MenuDish", "position:int menu_id:int->Menu dish_id:int->Dish",
    ),
    "Recipes have a title. A recipe contains ingredients with a quantity and a unit.": (
        "RecipeIngredient", "quantity:int unit:str recipe_id:int->Recipe ingredient_id:int->Ingredient",
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", LINES)
def test_what_is_told_of_one_thing_in_another_is_kept_where_both_meet(text: str) -> None:
    name, fields = LINES[text]
    proposal = propose(talk(text))

    assert shape(proposal)[name] == fields
    assert not quoted(proposal)
    assert not [one for one in asked(talk(text)) if one.startswith("several:")]


def test_what_is_told_of_the_thing_itself_stays_with_it() -> None:
    songs = shape(propose(talk("A playlist has songs with a title and a duration.")))
    items = shape(propose(talk("An invoice has items with a description and an amount.")))

    assert songs["Song"] == "title:str duration:int"
    assert items["Item"] == "description:str amount:Decimal invoice_id:int->Invoice"
