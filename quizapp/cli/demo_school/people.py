"""Who is in the demo school. Everybody is made up; no name is meant to be anybody's."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

LONG_NAME = "Maria Fernanda de los Ángeles Castellanos Villavicencio-Ruiz"
"""Sixty characters: lists and cards must hold it."""

MAYA = "Maya Okonkwo"
"""Behind the student's door."""
MORE_TIME = "Amina Farouk"
SUSPENDED = "Noah Brandt"
JOINED_LATE = "Tara Quinlan"
TRANSFERRED = "Hugo Castellan"
IDLE = "Kai Tanaka"
SURE_BUT_WRONG = "Luis Pereira"
STUCK = "Elif Yıldız"

CLASS_10A = (
    "Ada Lindgren",
    "Bilal Haddad",
    "Carmen Vidal",
    "Dev Malhotra",
    "Emeka Nwosu",
    "Freya Sørensen",
    "Gabriel Monteiro",
    "Hana Kobayashi",
    "Isla Drummond",
    "Jamal Whitfield",
    "Katarzyna Zielonka",
    "Liam Gallacher",
    "Mei Chen",
    "Naima Benali",
    "Oscar Fjeld",
    "Paloma Reyes",
    "Quentin Lefort",
    "Rosa Albrecht",
    "Samir Khoury",
    "Thandi Mokoena",
    "Uma Krishnan",
    "Balázs Halász",
    "Wanda Prescott",
    "Xavier Dubois",
    "Yara Mansour",
    "Zoe Papadakis",
    "Aroha Ngata",
    "Bram de Wit",
)
"""Has done the whole course that there is, and answers better from lesson to lesson."""

CLASS_10B = (
    "Alba Serrano",
    "Ben Ashworth",
    "Chiara Lombardi",
    "Diego Fuentes",
    "Esra Demir",
    "Finn Mulcahy",
    "Grace Adebayo",
    "Henrik Dahl",
    "Imani Njoroge",
    "Jonas Weber",
    "Kofi Mensah",
    "Leila Sadeghi",
    "Matteo Ricciardi",
    "Niamh Brennan",
    "Olu Bankole",
    "Priya Raman",
    "Rashid Al-Amin",
    "Sofia Nyberg",
    "Tomoko Arai",
    "Usman Qureshi",
    "Vilma Lindholm",
    "Wei Zhang",
    "Ximena Rojas",
    "Yusuf Karaca",
    "Zara Hussain",
    "Anders Holm",
    "Bea Trevelyan",
)
"""Has done the same with the same range of marks."""


class Habit(StrEnum):
    """How far a student of 11C has come in the lesson that is going on."""

    NOT_STARTED = "not_started"
    READING = "reading"
    FINISHED = "finished"
    IN_THE_QUIZ = "in_the_quiz"
    HANDED_IN = "handed_in"
    AHEAD = "ahead"


CLASS_11C = MappingProxyType(
    {
        MAYA: Habit.READING,
        "Leo Marchetti": Habit.HANDED_IN,
        MORE_TIME: Habit.HANDED_IN,
        "李娜": Habit.HANDED_IN,
        "Nour Saleh": Habit.HANDED_IN,
        "Pia Rantanen": Habit.HANDED_IN,
        "Ravi Deshmukh": Habit.HANDED_IN,
        "Daniel Osei": Habit.IN_THE_QUIZ,
        "فاطمة الزهراء": Habit.AHEAD,
        LONG_NAME: Habit.AHEAD,
        "Selma Aydin": Habit.AHEAD,
        "Theo Vandenberg": Habit.AHEAD,
        "Una Kavanagh": Habit.AHEAD,
        "Victor Almeida": Habit.AHEAD,
        "Anouk Mercier": Habit.FINISHED,
        SURE_BUT_WRONG: Habit.FINISHED,
        "Caleb Thornton": Habit.READING,
        "Dina Rahimi": Habit.READING,
        "Erik Solberg": Habit.READING,
        "Farah Iqbal": Habit.READING,
        "Giulia Conti": Habit.READING,
        STUCK: Habit.READING,
        IDLE: Habit.READING,
        SUSPENDED: Habit.NOT_STARTED,
        "Jin Park": Habit.NOT_STARTED,
        JOINED_LATE: Habit.NOT_STARTED,
        TRANSFERRED: Habit.NOT_STARTED,
    }
)
"""Is in the middle of the second lesson."""

LAST_YEAR = "9A of last year"
WITH_A_CODE = "12 Media club"
