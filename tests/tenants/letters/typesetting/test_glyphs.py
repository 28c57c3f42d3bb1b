import hashlib

import pytest
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from housingplus.documents.glyphs import FONT_FOLDER, font_families, font_files
from housingplus.documents.text import clean_text
from tenants.letters.markup import BlockKind, FilledBlock, FilledLetter, Run
from tenants.letters.typesetting import characters_not_shown, single_letter
from tenants.letters.typesetting import engine as engine_module
from tenants.letters.typesetting.errors import LetterNotSet
from tests.benchmarks._letters import sample_batch, sample_letter

SENTENCES = {
    "Amharic": "የቤት ጉዳይ ኃላፊዎ ማን ነው።",
    "Arabic": "السلام عليكم، هذه رسالة من المجلس.",
    "Armenian": "Ով է ձեր տան պատասխանատուն",
    "Bengali": "আপনার আবাসন কর্মকর্তা কে তা জানাতে লিখছি।",
    "Chinese, simplified": "您的房屋主任是王小明。请保存这封信。",
    "Chinese, traditional": "您的房屋主任是王小明。請保存這封信。",
    "Georgian": "ვინ არის თქვენი ოფიცერი",
    "Greek": "Γειά σας, ο υπεύθυνος κατοικίας",
    "Gujarati": "તમારા હાઉસિંગ ઓફિસર કોણ છે.",
    "Hebrew": "מי קצין הדיור שלך?",
    "Hindi": "आपका आवास अधिकारी कौन है, क्षत्रिय ज्ञान।",
    "Kurdish": "ئەم نامەیە بۆ ئێوەیە، ڵێرە گەڕەکەکەتان ۆ ڤ.",
    "Lithuanian": "Žąsis, ėjo, ūkis, čia",
    "Malayalam": "നിങ്ങളുടെ ഭവന ഉദ്യോഗസ്ഥൻ.",
    "Panjabi": "ਤੁਹਾਡਾ ਹਾਊਸਿੰਗ ਅਫਸਰ ਕੌਣ ਹੈ।",
    "Pashto": "ستاسو د کور مسؤول څوک دی، ښه ځای ټول ړ ږ ګ ې ۍ",
    "Persian": "این نامه دربارهٔ خانهٔ شماست؛ می‌خواهیم کمک کنیم.",
    "Polish": "Zażółć gęślą jaźń",
    "Romanian": "Ștefan și Ioniță, țară",
    "Russian": "Ваш специалист по жилью",
    "Sinhala": "ඔබේ නිවාස නිලධාරියා.",
    "Somali": "Sarkaalkaaga guriyeynta",
    "Tamil": "உங்கள் வீட்டு அதிகாரி யார்.",
    "Telugu": "మీ గృహ అధికారి ఎవరు.",
    "Thai": "เจ้าหน้าที่ที่อยู่อาศัยของคุณ",
    "Tigrinya": "ናይ ገዛ ሓላፊ መን እዩ፧",
    "Turkish": "İğdır, şoför, çünkü",
    "Ukrainian": "Їжак, ґанок, є",
    "Urdu": "آپ کا ہاؤسنگ افسر کون ہے؟ ٹھیک ڈھونڈ پڑوسی ں ے",
    "Vietnamese": "Nguyễn Thị Hồng Thắm, đường Trần Hưng Đạo",
    "Welsh": "Ŵyn, tŷ, llŷn",
    "Yoruba": "Ọ̀gbẹ́ni Adéṣọlá",
}


def letter_saying(*texts):
    paragraphs = tuple(
        FilledBlock(BlockKind.PARAGRAPH, ((Run(text),),)) for text in texts if text
    )
    return sample_letter(1, content=FilledLetter((Run("Subject"),), paragraphs))


@pytest.mark.parametrize("language", SENTENCES)
def test_a_language_is_set_without_missing_characters(language, opened):
    text = clean_text(SENTENCES[language], isolate=True)
    assert characters_not_shown(text) == ()
    letter = letter_saying(text, f"Dear {text} 12")
    assert opened(single_letter(sample_batch([letter])).pdf).pages


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Zoë & Łukasz – “fine” £5 €6 ½ №", ()),
        ("smile 🙂 twice 🙂", ("🙂",)),
        ("한국어", ("한", "국", "어")),
        ("\U00020000", ("\U00020000",)),
        ("ب\u0304", ("\u0304",)),
        ("\n\u0d57", ()),
    ],
)
def test_characters_not_shown(text, missing):
    assert characters_not_shown(text) == missing


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    st.text(
        st.one_of(
            st.characters(max_codepoint=0x24F),
            st.characters(max_codepoint=0x1FFF),
            st.characters(max_codepoint=0xFFFF),
            st.sampled_from("ভিতরে غرفة क्षि ọ̀ 王 \u200d\u200c\u0301\u0304\u064b"),
        ),
        max_size=25,
    )
)
def test_what_passes_the_check_can_be_set(text):
    cleaned = clean_text(text, isolate=True).strip()
    batch = sample_batch([letter_saying(cleaned.replace("\n", " "))])
    if characters_not_shown(cleaned):
        with pytest.raises(LetterNotSet):
            single_letter(batch)
    else:
        single_letter(batch)


def test_the_engine_itself_refuses_what_the_check_names(monkeypatch):
    monkeypatch.setattr(engine_module, "check_letters", lambda batch: None)
    for text in ("smile 🙂", "한국어"):
        with pytest.raises(LetterNotSet):
            single_letter(sample_batch([letter_saying(text)]))


def test_regular_and_bold_have_the_same_characters():
    sets = [
        set(TTFont(FONT_FOLDER / f"NotoSans-{weight}.ttf").getBestCmap())
        for weight in ("Regular", "Bold")
    ]
    assert sets[0] == sets[1]


def test_latin_comes_first_and_chinese_last():
    assert font_families()[0] == "Noto Sans"
    assert font_families()[-1] == "Noto Sans CJK SC"


def test_fonts_are_documented_with_their_digests():
    readme = (FONT_FOLDER / "README.md").read_text()
    for path in font_files():
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert f"| {path.name} |" in readme
        assert digest in readme
    assert "SIL OPEN FONT LICENSE" in (FONT_FOLDER / "OFL.txt").read_text()
