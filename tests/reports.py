"""A report of a bank in three languages, as articles."""

from datetime import UTC, datetime

from digests.model import Article

ENGLISH = """Almaty. The central bank has cut its key rate for the third time this year, to nine percent. \
He did not expect it, a trader said. The rate had stood at ten percent since March, when prices rose faster than ever. \
Loans for houses and firms will become cheaper within weeks, according to the largest banks. \
Banks expect the rate to fall to eight percent next year.

What changes

Savers will earn less on their deposits from December. Some economists fear that loans will raise prices again. \
This would force the bank to turn round. The next meeting of the bank takes place in January."""
RUSSIAN = """Национальный банк снизил базовую ставку в третий раз за год, до девяти процентов. \
Об этом сообщил его председатель. Ставка держалась на уровне десяти процентов с марта, когда цены росли быстрее всего. \
Кредиты для населения и компаний подешевеют за несколько недель, считают крупнейшие банки. \
Вкладчики с декабря будут получать меньше. Следующее заседание банка состоится в январе."""
KAZAKH = """Ұлттық банк базалық мөлшерлемені биыл үшінші рет төмендетіп, тоғыз пайызға жеткізді. \
Бұл туралы оның төрағасы хабарлады. Мөлшерлеме наурыз айынан бері он пайыз деңгейінде болған еді. \
Несиелер бірнеше аптада арзандайды деп күтеді ірі банктер. Келесі отырыс қаңтар айында өтеді."""


def report(text, *, title="The central bank cuts its rate", language="en") -> Article:
    """An article of that text."""
    return Article(
        url="https://herald.example/a",
        title=title,
        text=text,
        author="",
        source="Herald",
        language=language,
        image_url="",
        published_at=datetime(2026, 3, 2, tzinfo=UTC),
        from_feed=False,
    )
