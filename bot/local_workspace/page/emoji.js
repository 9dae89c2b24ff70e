// The short names that people and the bot commonly use. Unknown names stay as they were typed.

const EMOJI = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", eyes: "👀", tada: "🎉", rocket: "🚀", wave: "👋",
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", no_entry: "⛔", no_entry_sign: "🚫",
  octagonal_sign: "🛑", warning: "⚠️", exclamation: "❗", question: "❓", bulb: "💡", memo: "📝", clipboard: "📋",
  triangular_ruler: "📐", straight_ruler: "📏", hammer: "🔨", hammer_and_wrench: "🛠️", wrench: "🔧", gear: "⚙️",
  package: "📦", sunny: "☀️", hourglass: "⌛", hourglass_flowing_sand: "⏳", stopwatch: "⏱️", alarm_clock: "⏰",
  double_vertical_bar: "⏸️", arrow_forward: "▶️", black_square_for_stop: "⏹️", arrows_counterclockwise: "🔄", repeat: "🔁",
  heart: "❤️", smile: "😄", slightly_smiling_face: "🙂", joy: "😂", thinking_face: "🤔", pray: "🙏", clap: "👏", fire: "🔥",
  sparkles: "✨", star: "⭐", "100": "💯", point_right: "👉", point_up: "☝️", raised_hands: "🙌", muscle: "💪", bug: "🐛",
  lock: "🔒", key: "🔑", link: "🔗", mag: "🔍", bell: "🔔", no_bell: "🔕", calendar: "📅", date: "📅", file_folder: "📁",
  page_facing_up: "📄", bar_chart: "📊", chart_with_upwards_trend: "📈", robot_face: "🤖", speech_balloon: "💬", zzz: "💤",
  large_green_circle: "🟢", large_yellow_circle: "🟡", red_circle: "🔴", white_circle: "⚪", black_circle: "⚫",
  information_source: "ℹ️", books: "📚", book: "📖", ticket: "🎫", hospital: "🏥", construction: "🚧", seedling: "🌱", thread: "🧵",
};

export const REACTIONS = ["+1", "eyes", "white_check_mark", "tada", "octagonal_sign"];

export function emoji(name) {
  return EMOJI[name] ?? "";
}
