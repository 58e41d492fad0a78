/** What is said in the gallery: the same short call to a café, in the languages of the widget. */
export interface Talk {
  readonly question: string;
  readonly answer: string;
  readonly wish: string;
  /** The assistant's second answer; the visitor cuts it off. */
  readonly reply: string;
  /** The name of a tool, and what it answers. */
  readonly tool: string;
  readonly output: string;
}

const talk = (question: string, answer: string, wish: string, reply: string): Talk => ({
  question,
  answer,
  wish,
  reply,
  tool: 'book_table',
  output: '{"table": 7}',
});

/** By language, in the order in which the gallery offers them. */
export const talks: Readonly<Record<string, Talk>> = {
  en: talk(
    'Hi! Are you open on Sunday?',
    'Yes, from nine to five. Shall I keep a table for you?',
    'For two, at ten, please.',
    'Done: a table for two on Sunday at ten, by the window. If the weather is fine the garden will be open too, and there is music from eleven.',
  ),
  ja: talk(
    'こんにちは。日曜日は開いていますか?',
    'はい、九時から五時まで営業しています。お席をお取りしましょうか?',
    '十時に二人でお願いします。',
    'かしこまりました。日曜日の十時、窓際のお席を二名様でお取りしました。お天気がよければお庭の席もご利用いただけます。十一時からは演奏もございます。',
  ),
  ar: talk(
    'مرحبًا! هل تفتحون يوم الأحد؟',
    'نعم، من التاسعة حتى الخامسة. هل أحجز لك طاولة؟',
    'لشخصين في العاشرة من فضلك.',
    'تم الحجز: طاولة لشخصين يوم الأحد في العاشرة بجانب النافذة. وإذا كان الطقس جميلًا فستكون الحديقة مفتوحة أيضًا، مع موسيقى ابتداءً من الحادية عشرة.',
  ),
  de: talk(
    'Hallo! Haben Sie am Sonntag geöffnet?',
    'Ja, von neun bis siebzehn Uhr. Soll ich Ihnen einen Tisch freihalten?',
    'Für zwei Personen um zehn, bitte.',
    'Gerne: ein Tisch für zwei am Sonntag um zehn Uhr, direkt am Fenster. Bei schönem Wetter ist auch der Garten geöffnet, und ab elf gibt es Musik.',
  ),
  es: talk(
    '¡Hola! ¿Abren el domingo?',
    'Sí, de nueve a cinco. ¿Le reservo una mesa?',
    'Para dos, a las diez, por favor.',
    'Hecho: una mesa para dos el domingo a las diez, junto a la ventana. Si hace buen tiempo también abrirá el jardín, y hay música desde las once.',
  ),
  fr: talk(
    'Bonjour ! Êtes-vous ouverts dimanche ?',
    'Oui, de neuf heures à dix-sept heures. Voulez-vous que je vous réserve une table ?',
    'Pour deux, à dix heures, s’il vous plaît.',
    'C’est fait : une table pour deux dimanche à dix heures, près de la fenêtre. S’il fait beau, le jardin sera ouvert aussi, avec de la musique dès onze heures.',
  ),
  hi: talk(
    'नमस्ते! क्या आप रविवार को खुले हैं?',
    'जी हाँ, नौ से पाँच बजे तक। क्या मैं आपके लिए एक मेज़ रख दूँ?',
    'दो लोगों के लिए, दस बजे।',
    'हो गया: रविवार को दस बजे, खिड़की के पास दो लोगों की मेज़। मौसम अच्छा रहा तो बगीचा भी खुला होगा, और ग्यारह बजे से संगीत है।',
  ),
  pt: talk(
    'Olá! Vocês abrem no domingo?',
    'Sim, das nove às cinco. Quer que eu reserve uma mesa?',
    'Para dois, às dez, por favor.',
    'Pronto: uma mesa para dois no domingo às dez, perto da janela. Se o tempo estiver bom, o jardim também estará aberto, e há música a partir das onze.',
  ),
  ru: talk(
    'Здравствуйте! Вы работаете в воскресенье?',
    'Да, с девяти до пяти. Забронировать для вас столик?',
    'На двоих, на десять часов, пожалуйста.',
    'Готово: столик на двоих в воскресенье в десять, у окна. В хорошую погоду будет открыт и сад, а с одиннадцати играет музыка.',
  ),
  zh: talk(
    '你好!你们星期天营业吗?',
    '营业,从九点到五点。要为您预留一张桌子吗?',
    '两位,十点,谢谢。',
    '好的,已为您预留星期天十点靠窗的两人桌。天气好的话,花园也会开放,十一点起还有音乐演奏。',
  ),
  'zh-Hant': talk(
    '你好!你們星期天營業嗎?',
    '營業,從九點到五點。要為您預留一張桌子嗎?',
    '兩位,十點,謝謝。',
    '好的,已為您預留星期天十點靠窗的兩人桌。天氣好的話,花園也會開放,十一點起還有音樂演奏。',
  ),
};

/** A conversation that says the same everywhere. */
export const echo = (words: string): Talk => ({
  question: words,
  answer: words,
  wish: words,
  reply: `${words} ${words}`,
  tool: words,
  output: words,
});
