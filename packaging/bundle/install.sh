#!/bin/sh
# 从 U 盘安装村口，不用联网。Install Cunkou from this stick, without network.
#
#   sudo sh install.sh              显示签名人的指纹，问您对不对 / shows who signed, and asks
#   sudo sh install.sh FINGERPRINT  和给的指纹比对，不再问 / compares with the one given, asks nothing
#
# 只改两样：装上软件包；用完的临时文件会删掉。 Packages are installed; nothing else stays behind.
set -eu
LC_ALL=C.UTF-8
export LC_ALL
here=$(cd "$(dirname "$0")" && pwd)
names="@NAMES@"

say() { printf '%s\n%s\n' "$1" "$2" >&2; }
stop() {
    say "没有安装：$1" "Not installed: $2"
    exit 1
}

[ "$(id -u)" = 0 ] || stop "请用管理员运行：sudo sh install.sh" "run it as administrator: sudo sh install.sh"
[ "$(dpkg --print-architecture)" = amd64 ] || stop "这个 U 盘只适合 64 位 PC（amd64）。" "this stick is for 64-bit PCs (amd64)."
. /etc/os-release
[ "${ID:-}${VERSION_ID:-}" = debian12 ] || stop "这个 U 盘适合 Debian 12，这台是 ${PRETTY_NAME:-别的系统}。" \
    "this stick is for Debian 12, this is ${PRETTY_NAME:-another system}."
# The date is believed only for this sentence: the signature comes next.
made=$(date -d "$(sed -n 's/^Date: //p' "$here/dists/stable/InRelease" | head -n 1)" +%s 2>/dev/null) ||
    stop "U 盘上的文件不全，请重新复制。" "files are missing on the stick: copy it again."
[ "$(date +%s)" -ge "$((made - 86400))" ] || stop "这台机器的日期是 $(date +%F)，比 U 盘还早。请先用 date -s 对时。" \
    "the date of this machine is $(date +%F), before the stick was made: set it with date -s first."

work=$(mktemp -d /tmp/cunkou-install.XXXXXX)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
told=$(gpgv --status-fd 1 --keyring "$here/cunkou.gpg" "$here/dists/stable/InRelease" 2>/dev/null) ||
    stop "签名不对：U 盘上的文件坏了，或者被人改过。不要用它。" "the signature is wrong: files are damaged or were changed. Do not use this stick."
signer=$(printf '%s\n' "$told" | sed -n 's/^\[GNUPG:\] VALIDSIG .* \([0-9A-F]\{40\}\)$/\1/p')
[ -n "$signer" ] || stop "看不出是谁签的名。" "nobody is named as signer."
shown=$(printf '%s' "$signer" | sed 's/..../& /g')
if [ $# -gt 0 ]; then
    wanted=$(printf '%s' "$*" | tr -d ' \t' | tr 'a-f' 'A-F')
    [ "$wanted" = "$signer" ] || stop "签名人的指纹是 $shown，不是您给的那个。" "the signer's fingerprint is $shown, not the one given."
elif [ -t 0 ]; then
    say "签名人的指纹：$shown" "Fingerprint of who signed: $shown"
    say "请和县里发的纸条逐字比对。一样就输入 yes，再按回车：" "Compare it with the one that you were given on paper. Type yes if they are the same:"
    read -r answer
    [ "$answer" = yes ] || stop "您没有确认指纹。" "the fingerprint was not confirmed."
else
    stop "请给出指纹：sh install.sh 指纹" "give the fingerprint: sh install.sh FINGERPRINT"
fi

# A link without blanks, whatever the stick is called; an apt of its own, so that the machine's sources stay as they are.
ln -s "$here" "$work/stick"
mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
cp "$here/cunkou.gpg" "$work/cunkou.gpg"
echo "deb [arch=amd64 signed-by=$work/cunkou.gpg] copy:$work/stick stable main" >"$work/sources.list"
apt() {
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- \
        -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache" -o Acquire::Languages=none \
        -o APT::Sandbox::User=root -o APT::Get::AllowUnauthenticated=false -o Acquire::AllowInsecureRepositories=false \
        -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0 "$@"
}
say "正在核对 U 盘……" "Checking the stick..."
apt update >&2 || stop "U 盘上的清单坏了，或者被人改过。" "the lists on the stick are damaged or were changed."
say "正在安装，要几分钟，请不要拔 U 盘……" "Installing. This takes some minutes; leave the stick in..."
# shellcheck disable=SC2086
apt -y --no-install-recommends install $names >&2 ||
    stop "上面写着原因。U 盘上的软件包可能坏了，请重新复制；原来装着的照常运行。" \
        "the reason is above. A package on the stick may be damaged: copy it again. What was installed goes on."
say "装好了：$(dpkg-query -W -f '${Package} ${Version}' cunkou)" "Installed: $(dpkg-query -W -f '${Package} ${Version}' cunkou)"
say "下一步：把 site.toml 放到 /etc/cunkou/（也可以开机以后在屏幕上填），再重新开机；开机就是信息机。" \
    "Next: put site.toml into /etc/cunkou/ (or answer on the screen), then start the machine anew: it starts into the kiosk."
