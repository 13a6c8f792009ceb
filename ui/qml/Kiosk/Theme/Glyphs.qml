// Characters of the icon font, by what they mean here. A test compares them with the font's own names.
pragma Singleton

import QtQuick

QtObject {
    readonly property string back: "\u{F004D}"    // arrow-left
    readonly property string home: "\u{F06A1}"    // home-outline
    readonly property string listen: "\u{F057E}"    // volume-high
    readonly property string silent: "\u{F0581}"    // volume-off
    readonly property string size: "\u{F027F}"    // format-size
    readonly property string help: "\u{F0625}"    // help-circle-outline
    readonly property string search: "\u{F0349}"    // magnify
    readonly property string keyboard: "\u{F097B}"    // keyboard-outline
    readonly property string next: "\u{F0142}"    // chevron-right
    readonly property string down: "\u{F0140}"    // chevron-down
    readonly property string up: "\u{F0143}"    // chevron-up
    readonly property string printer: "\u{F042A}"    // printer
    readonly property string clear: "\u{F015A}"    // close-circle-outline
    readonly property string erase: "\u{F0B5C}"    // backspace-outline
    readonly property string notice: "\u{F009C}"    // bell-outline
    readonly property string asked: "\u{F0822}"    // forum-outline
    readonly property string good: "\u{F05E1}"    // check-circle-outline
    readonly property string review: "\u{F05D6}"    // alert-circle-outline
    readonly property string ended: "\u{F073A}"    // cancel
    readonly property string pause: "\u{F03E4}"    // pause
    readonly property string play: "\u{F040A}"    // play
    readonly property string previousSentence: "\u{F04AE}"    // skip-previous
    readonly property string nextSentence: "\u{F04AD}"    // skip-next
    readonly property string again: "\u{F0459}"    // replay
    readonly property string code: "\u{F0432}"    // qrcode
    readonly property string clerk: "\u{F0CE3}"    // account-tie
    readonly property string info: "\u{F02FD}"    // information-outline
    readonly property string leftHand: "\u{F0A4F}"    // hand-front-right
    readonly property string contrast: "\u{F0197}"    // contrast-circle
    readonly property string motion: "\u{F04E1}"    // swap-horizontal
    readonly property string phone: "\u{F03F2}"    // phone
    readonly property string phoneInTalk: "\u{F03F6}"    // phone-in-talk
    readonly property string apps: "\u{F003B}"    // apps
    readonly property string check: "\u{F012C}"    // check
    readonly property string touch: "\u{F0741}"    // gesture-tap
    readonly property string wechat: "\u{F0611}"    // wechat
    readonly property string web: "\u{F059F}"    // web
    readonly property string pack: "\u{F03D7}"    // package-variant-closed
    readonly property string doctor: "\u{F04D9}"    // stethoscope
    readonly property string takeHome: "\u{F042A}"    // printer
    readonly property string tutorial: "\u{F14F7}"    // book-open-variant
    readonly property string clock: "\u{F0150}"    // clock-outline
    readonly property string question: "\u{F0186}"    // comment-question-outline
    readonly property string successor: "\u{F0057}"    // arrow-right-bold-circle-outline
    readonly property string rightHand: "\u{F182B}"    // hand-front-left
    readonly property string filter: "\u{F0233}"    // filter-outline
    readonly property string stick: "\u{F129E}"    // usb-flash-drive
    readonly property string bring: "\u{F0120}"    // tray-arrow-down
    readonly property string undo: "\u{F054D}"    // undo-variant
    readonly property string remove: "\u{F0A7A}"    // trash-can-outline
    readonly property string sync: "\u{F0B7D}"    // cloud-download-outline
    readonly property string history: "\u{F02DA}"    // history
    readonly property string shield: "\u{F0CC8}"    // shield-check-outline
    readonly property string still: "\u{F0B76}"    // card-outline
}
