"""Sentences in twelve languages, each as a lecturer may write it."""

from __future__ import annotations

SENTENCES = {
    "en": "One signal jumps back through every gate, and each weight learns from it.",
    "de": "Über Öfen fließt ein Signal zurück, und jedes Gewicht lernt größtenteils daraus.",
    "es": "¿Una señal vuelve atrás por cada puerta, y cada peso aprende de ella?",
    "fr": "À l'École, un signal revient en arrière ; chaque poids « apprend » de lui.",
    "el": "Ένα σήμα επιστρέφει από κάθε πύλη και κάθε βάρος μαθαίνει από αυτό.",
    "ru": "Ёмкий сигнал идёт назад через каждый вентиль, и каждый вес учится на нём.",
    "ar": "تعود الإشارة إلى الخلف عبر كل بوابة بقيمة 0.834 فيتعلم منها كل وزن.",
    "hi": "एक संकेत हर द्वार से पीछे लौटता है, और हर भार उससे सीखता है।",
    "zh": "一个信号穿过每一道门往回流，每个权重都从中学习，误差是0.834。",
    "ja": "ひとつの信号がすべてのゲートを逆向きに流れ、各重みはそこから学びます。",
    "he": "אות אחד חוזר דרך כל שער בערך 0.834 וכל משקל לומד ממנו.",
    "th": "สัญญาณหนึ่งไหลย้อนกลับผ่านทุกประตู และทุกน้ำหนักเรียนรู้จากสัญญาณนั้น",
}
RIGHT_TO_LEFT = ("ar", "he")
TITLES = {
    "es": "Una señal vuelve atrás",
    "de": "Ölgemälde",
    "fr": "À l'École d'Été",
    "vi": "Ở Ấn Độ",
    "el": "Ένα Ύψος",
    "ru": "Ёлка й",
    "zh": "反向传播",
    "ja": "誤差逆伝播",
    "ar": "الانتشار العكسي",
    "he": "פעפוע לאחור",
    "hi": "पश्च प्रसार",
    "th": "การแพร่กระจายย้อนกลับ",
    "ko": "역전파",
}
