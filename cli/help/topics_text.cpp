// SPDX-License-Identifier: Apache-2.0
// The prose of help topics.
#include "cli/help/topics.hpp"

namespace umsops::cli {

constinit Text const kEnvironmentTopic{
    R"(Where values come from: a flag wins over an environment variable, then the project file (umsops.yaml in the
working directory or above it), the user's file ($XDG_CONFIG_HOME/umsops/config.yaml), the system's file
(/etc/umsops/config.yaml) and the built-in default. 'umsops config list --origin' shows the effective values and their
origin. A project file may come with somebody else's checkout, so it cannot set the store or the actor. It is
looked for as far as HOME, a mount point or a folder of another user. A settings file, and what it names that runs
programs, must belong to you or to root, as the folders above it, and be writable by nobody else.

  UMSOPS_CONFIG             read only this configuration file
  UMSOPS_NOW                use this RFC 3339 time as now
  UMSOPS_NO_SYSTEM_CONFIG   do not read /etc/umsops
  UMSOPS_EDITOR             editor for --edit; then VISUAL, EDITOR
  UMSOPS_OUTPUT_VERSION     the version of JSON that a script was written for: 1; any other ends with exit 2
  UMSOPS_FORCE_TTY          print as if to a terminal of this many columns
  UMSOPS_TEST_IDS           for tests, each run warns: count ids and salts from this number
  TZ, LC_ALL, LANG          time zone and language
  NO_COLOR, CLICOLOR_FORCE  colour

)",
    R"(取值的优先级依次为：选项、环境变量、项目文件（当前目录或其上级目录中的 umsops.yaml）、
用户文件（$XDG_CONFIG_HOME/umsops/config.yaml）、系统文件（/etc/umsops/config.yaml）、内置默认值。
umsops config list --origin 显示生效的值及其来源。
项目文件可能随他人的代码而来，因此不能设置数据文件和操作者；查找止于 HOME、挂载点或他人的目录。
配置文件及其指定的、会运行程序的文件须属于您或 root（上级目录同样），且他人不可写。

  UMSOPS_CONFIG             只读取此配置文件
  UMSOPS_NOW                以此 RFC 3339 时间作为当前时间
  UMSOPS_NO_SYSTEM_CONFIG   不读取 /etc/umsops
  UMSOPS_EDITOR             --edit 所用的编辑器；其次为 VISUAL、EDITOR
  UMSOPS_OUTPUT_VERSION     脚本所针对的 JSON 版本：1；其他值以退出码 2 结束
  UMSOPS_FORCE_TTY          按此列数的终端输出
  UMSOPS_TEST_IDS           仅用于测试，每次运行都会警告：编号和盐从此数字开始计数
  TZ、LC_ALL、LANG          时区和语言
  NO_COLOR、CLICOLOR_FORCE  颜色

)"};

constinit Text const kFormattingTopic{
    R"(-o FORMAT chooses the output format; -F FIELD,... the fields and their order ('*' for all).

  table   for people: aligned, in the time zone of --tz; may change between versions
  wide    the same with more columns
  json    one document: {"schema":..., "items":[...], "count":..., "truncated":..., "next":...}
  jsonl   one record per line, in constant memory
  csv     RFC 4180 with a header; --csv-safe disarms formulas (tsv, too), --csv-bom is for Excel, --no-header
  tsv     tab, newline and backslash as \t, \n, \\
  yaml    the same as json
  md      a Markdown table
  id      ids only, one per line; same as -q
  env     NAME='value' lines for eval in a shell
  tpl     a template of your own: --template TEXT, or --template-file FILE
  mermaid, dot   the drawing of a graph; 'service graph' alone

A template is filled once for each record. \t and \n in TEXT are a tab and a line end; each record ends with a line end.

  umsops ticket list --template '{{number}}\t{{title}}{{#assignee}} ({{assignee}}){{/assignee}}'
  umsops ticket show T-1 --template '{{#responses}}{{responder}}: {{content}}\n{{/responses}}'

{{NAME}} is a member of the JSON, as it is in csv; {{#NAME}}...{{/NAME}} stands once for each item of a list, or where
there is a value, {{^NAME}}...{{/NAME}} where there is none. Names may be as short as in filters, and a wrong one is an
error before anything is done. Values are not escaped: for a shell take env, or -0.

-0 (--null) puts a NUL behind each id or record in place of the line end:

  umsops ticket list -q0 -w 'title~vpn' | xargs -0 -n 20 umsops ticket assign --to li.na

Times are RFC 3339 in UTC except in tables. Keys have a fixed order. Standard output carries data only; messages go to
standard error.
)",
    R"(-o 格式 决定输出方式；-F 字段,... 决定输出哪些字段及其顺序（'*' 为全部）。

  table   供人阅读：对齐，使用 --tz 的时区；各版本之间可能变化
  wide    同上，列更多
  json    一个文档：{"schema":..., "items":[...], "count":..., "truncated":..., "next":...}
  jsonl   每行一条记录，内存占用恒定
  csv     符合 RFC 4180，带标题行；--csv-safe 防止公式（tsv 亦同），--csv-bom 供 Excel 使用，--no-header
  tsv     制表符、换行和反斜杠写作 \t、\n、\\
  yaml    内容同 json
  md      Markdown 表格
  id      只输出编号，每行一个；等同于 -q
  env     NAME='值' 形式的行，供 shell 的 eval 使用
  tpl     自定义模板：--template 文本，或 --template-file 文件
  mermaid、dot   依赖图；仅限 service graph

模板对每条记录各填写一次。文本中的 \t 和 \n 表示制表符和换行；每条记录均以换行结束。

  umsops ticket list --template '{{number}}\t{{title}}{{#assignee}}（{{assignee}}）{{/assignee}}'
  umsops ticket show T-1 --template '{{#responses}}{{responder}}：{{content}}\n{{/responses}}'

{{名称}} 为 JSON 的成员，形式同 csv；{{#名称}}...{{/名称}} 对列表的每一项各输出一次，或在有值时输出；{{^名称}}...{{/名称}}
在没有值时输出。名称可用过滤条件中的简称；名称有误时，在执行任何操作之前报错。值不做转义：用于 shell 时请用 env 或 -0。

-0（--null）在每个编号或每条记录之后以 NUL 代替换行：

  umsops ticket list -q0 -w 'title~vpn' | xargs -0 -n 20 umsops ticket assign --to li.na

除表格外，时间均为 UTC 的 RFC 3339 格式。键的顺序固定。标准输出只含数据；说给人的话都写到标准错误输出。
)"};

constinit Text const kTimeTopic{
    R"(Times may be written as

  2026-11-23T09:30:00Z, 2026-11-23T17:30:00+08:00     RFC 3339
  2026-11-23, 2026-11-23 17:30                        in the time zone of --tz
  2026-11, 2026-W45                                   a month, an ISO week
  now, today, yesterday, tomorrow
  this week, last month, next year                    weeks begin on Monday
  -7d, +2h, 2h ago, in 30m                            s, m, h, d, w
  @1795426200                                         seconds since 1970
  今天 前天 上周 下个月 3天前 半小时后 上周五 11月28日 2026/11/28 9点半 明天下午3点一刻

A day, week or month is a span: --since uses its beginning, --until its end, so
--since 'last week' --until 'last week' is last week. A local time that does not exist or occurs twice because of
daylight saving is refused; the error shows both readings. Durations are written 90s, 15m, 2h, 7d, 1w, 1h30m.
)",
    R"(时间可写作

  2026-11-23T09:30:00Z、2026-11-23T17:30:00+08:00     RFC 3339
  2026-11-23、2026-11-23 17:30                        按 --tz 的时区
  2026-11、2026-W45                                   一个月、一个 ISO 周
  now、today、yesterday、tomorrow
  this week、last month、next year                    一周从星期一开始
  -7d、+2h、2h ago、in 30m                            s、m、h、d、w
  @1795426200                                         自 1970 年起的秒数
  今天 前天 上周 下个月 3天前 半小时后 上周五 11月28日 2026/11/28 9点半 明天下午3点一刻

日、周、月是一段时间：--since 取其开始，--until 取其结束，因此 --since 上周 --until 上周 就是上周。
因时钟调整而不存在或出现两次的本地时间会被拒绝，并给出两种解读。时长写作 90s、15m、2h、7d、1w、1h30m。
)"};

constinit Text const kFiltersTopic{
    R"(A filter is a list of conditions; all must hold:

  umsops ticket list -w 'status=open priority>=HIGH created>=-7d'

  FIELD=VALUE  !=  <  <=  >  >=     compare; priorities and states compare by rank
  FIELD~TEXT   !~                   contains; neither case nor width of letters matters
  FIELD=A,B                         any of these
  FIELD=none                        has no value
  assignee=me                       of a person: who asks
  attributes.NAME=VALUE             an attribute
  requester.department=VALUE        what the directory says of who asks: account, name, department, site,
                                    manager, language, vip, state, directory, attributes_NAME
  WORD                              title or description contains it
  not ...                           the opposite
  ( ... or ... )                    either; 'or' beside other conditions needs parentheses

Put values with blanks in quotes: title~"finance group". Outside quotes full-width signs (status：open) are plain ones.
Fields have short names: created, assignee, requester.
'umsops fields ticket' lists them. If -w is repeated, all of them must hold.
)",
    R"(过滤条件由若干条件组成，须同时满足：

  umsops ticket list -w 'status=open priority>=HIGH created>=-7d'

  字段=值  !=  <  <=  >  >=         比较；优先级和状态按等级比较
  字段~文本  !~                     包含；不区分大小写和全角半角
  字段=A,B                          其中之一
  字段=none                         没有值
  assignee=me                       人员字段：当前操作者本人
  attributes.名称=值                附加属性
  requester.department=值           目录中的请求人资料：account、name、department、site、manager、language、
                                    vip、state、directory、attributes_名称
  词语                              标题或描述包含该词
  not ...                           取反
  ( ... or ... )                    任一满足；or 与其他条件并列时须加括号

含空格的值放在引号中：title~"finance group"。引号之外的全角符号、字母和数字（status：open）等同于半角。字段可用简称：created、assignee、requester。
umsops fields ticket 列出全部字段。多个 -w 须同时满足。
)"};

constinit Text const kStabilityTopic{
    R"(What scripts may rely on:

  - commands, flags, exit codes and error codes: new ones may come, but none is renamed or changes its meaning;
  - every JSON document names its schema, e.g. umsops.ticket.list/v1; within a version members are only added, and
    UMSOPS_OUTPUT_VERSION=1 makes a program that writes another one an error;
  - names of fields and values (OPEN, HIGH, ...) are never translated;
  - machine formats do not depend on language, time zone, terminal or width.

Tables, messages and help are for people and may change at any time.
)",
    R"(脚本可以依赖：

  - 命令、选项、退出码和错误代码：只会增加，从不改名，含义不变；
  - 每个 JSON 文档都注明其模式，例如 umsops.ticket.list/v1；同一版本内只会增加成员；设置 UMSOPS_OUTPUT_VERSION=1 后，
    若程序输出其他版本则报错；
  - 字段名和取值（OPEN、HIGH 等）从不翻译；
  - 机器格式不受语言、时区、终端和宽度影响。

表格、消息和帮助供人阅读，随时可能变化。
)"};

constinit Text const kScriptingTopic{
    R"(CI: file once, then comment on every further run. -q prints only the number.

  id=$(umsops ticket create -q -t 'nightly failed' --key "ci:$REPO:$SHA" --on-duplicate comment --body-file build.log)

cron: mail only when something has waited too long (exit 10). On exit 7 retry later, on 11 with the same --key.

  umsops ticket list -w 'status=open priority>=HIGH created<=-4h' --fail-if-any

Pipes: ids or records are read from standard input only when you give '-'.

  umsops ticket list -q -w 'title~vpn' | umsops ticket update - --category vpn --dry-run

Lines of your own, and ids for programs that take NUL between them: umsops help formatting.

  umsops ticket list --template '{{number}}\t{{title}}'
  umsops ticket list -q0 | xargs -0 -n 50 umsops ticket update --category vpn -n

A list that --limit has cut says so on standard error, in every format; it goes on with --after and "next" of the JSON.
A script that reads JSON says for which version it was written: export UMSOPS_OUTPUT_VERSION=1.

Commands ask questions only on a terminal; --no-input and CI=1 prevent it there too. A printed number is durable.

A change of one transaction that fails or is interrupted stores nothing. What takes several (--each, intake json,
import --continue-on-error, tick, db flush, db copy) answers each one after its commit, and its error says how many are
stored: "stored" in JSON. One SIGTERM or SIGINT ends any command within half a second;
a step of a runbook that is in hand gets five seconds first.
)",
    R"(CI：只建单一次，之后的运行仅添加备注。-q 只输出编号。

  id=$(umsops ticket create -q -t 'nightly failed' --key "ci:$REPO:$SHA" --on-duplicate comment --body-file build.log)

cron：仅当工单等待过久时发送邮件（退出码 10）；退出码为 7 时稍后重试，为 11 时用相同的 --key 重试。

  umsops ticket list -w 'status=open priority>=HIGH created<=-4h' --fail-if-any

管道：编号或记录只通过 '-' 读入；未经要求从不读取标准输入。

  umsops ticket list -q -w 'title~vpn' | umsops ticket update - --category vpn --dry-run

自定义的行，以及供以 NUL 分隔的程序使用的编号：见 umsops help formatting。

  umsops ticket list --template '{{number}}\t{{title}}'
  umsops ticket list -q0 | xargs -0 -n 50 umsops ticket update --category vpn -n

被 --limit 截断的列表，无论何种格式，都会在标准错误输出中说明；可用 JSON 的 truncated 和 next，或用 --after 继续。
读取 JSON 的脚本可注明其所针对的版本：export UMSOPS_OUTPUT_VERSION=1。

没有终端时从不提问；--no-input 和 CI=1 在终端上也禁止提问。已输出的编号一定已保存。

只有一个事务的修改失败或被中断时，不会保存任何内容。分多个事务的命令（--each、intake json、
import --continue-on-error、tick、db flush、db copy）在每次提交之后输出结果，其错误信息说明已保存多少项：JSON 中为
"stored"。一次 SIGTERM 或 SIGINT 可在半秒内结束任何命令；正在执行的处置手册步骤另有 5 秒。
)"};

constinit Text const kRulesTopic{
    R"(Rules set category, subcategory, service, priority, assignee and attributes of a ticket
unless the caller gives them. They are YAML; 'umsops rules show' prints the built-in ones, umsops-rules(5) describes
the format.

  rules:
    - id: vpn.certificate
      when: {keywords: [vpn certificate, VPN 证书]}
      set: {category: vpn, priority: HIGH}

For each field the first rule that matches decides. Latin words match on word boundaries, Chinese as phrases;
negated words (不紧急, "not urgent") do not count. Put files under 'rules:' in the configuration, then:

  umsops rules check FILE          is it valid?
  umsops rules test FILE           do its cases pass?
  umsops rules explain --title T   what would it decide, and why?
  umsops rules diff FILE           what would it change of the past?
  umsops rules learn               which rules do corrections suggest?

Where no rule speaks, a model that was learned from past tickets may: umsops help classifier.
)",
    R"(调用者未指定时，规则决定工单的类别、子类别、优先级、处理人和属性。规则是 YAML 数据；
umsops rules show 输出内置规则，格式见 umsops-rules(5)。

  rules:
    - id: vpn.certificate
      when: {keywords: [vpn certificate, VPN 证书]}
      set: {category: vpn, priority: HIGH}

每个字段由第一条成立的规则决定。拉丁文按单词边界匹配，中文按短语匹配；被否定的词（不紧急、"not urgent"）不算。
在配置的 rules: 下列出文件，然后：

  umsops rules check 文件            是否正确？
  umsops rules test 文件             用例是否通过？
  umsops rules explain --title 文本  会如何判断，为什么？
  umsops rules diff 文件             历史记录的判断会有何改变？
  umsops rules learn               人工更正提示了哪些规则？

规则没有结论时，可由从以往工单学习的模型判断：umsops help classifier。
)"};

constinit Text const kHooksTopic{
    R"(A hook is a program that sees a change before it is stored, and may alter or
refuse it. The setting 'hooks' names a folder (in the user's or the system's file, UMSOPS_HOOKS or -c, not in a
project file). Its executable files run in the order of their names:

  on-add*      for a new ticket: 'ticket create', intake channels, 'db flush'; not for an import
  on-modify*   for every other change of a ticket, by any command; not for an import

on-add reads one line, the ticket as -o json shows it (its number is not known yet); on-modify reads two, before and
after. Exactly one line of the output begins with '{': the wanted ticket. Fields that it leaves out stay unchanged, so
{} changes nothing. Other lines, and standard error, are shown to the caller ("warnings" in JSON). Any exit other than
0 refuses the change: exit 5, error hook.refused, with the hook's message. Only writable fields may be altered (umsops
fields ticket); their values are checked as usual. Other failures of a hook are exit 9, hook.invalid; a hook that takes
longer than hook_timeout is killed with all its child processes: exit 7, hook.timeout. In each case nothing is stored.

  install -D -m 755 examples/hooks/on-add.require-category ~/.config/umsops/hooks/on-add.require-category
  umsops -c hooks=~/.config/umsops/hooks ticket create -t 'odd' -n

A hook runs without a shell, with PATH, HOME, LANG, LC_ALL, TZ and UMSOPS_HOOK (on-add, on-modify), UMSOPS_NOUN,
UMSOPS_COMMAND, UMSOPS_ACTOR, UMSOPS_LANG, and UMSOPS_DB, UMSOPS_CONFIG of this run, so that umsops called by it
uses the same desk (without a password); UMSOPS_DRY_RUN=1 when nothing will be stored. Changes made that way run no
hooks. Hooks run outside of any transaction, so nobody waits for them; if a ticket changes meanwhile, its hooks run
again. The history names the hooks that ran and the fields that each changed, and as "skipped" those that were passed
over because UMSOPS_HOOK was set already: hooks are a convenience of whoever calls, no policy against him. Folder, files
and folders above must belong to you or to root and be writable by nobody else. Each is run by the descriptor that was
looked at, so $0 of a script says little; UMSOPS_HOOK_FILE names the file. A command over many tickets runs its hooks
for each of them.
)",
    R"(钩子是在保存之前查看每次修改的程序，可以改动或拒绝该修改。设置项 hooks 指定其文件夹，可写在用户或系统配置、UMSOPS_HOOKS
或 -c 中；项目文件不能设置。文件夹中的可执行文件按名称顺序运行：

  on-add*      新工单：ticket create、各种接入方式、db flush；导入时不运行
  on-modify*   工单的其他任何修改，无论由哪个命令进行；导入时不运行

on-add 读取一行，即 -o json 显示的工单（编号尚未确定）；on-modify 读取两行，即修改之前和之后。输出中恰有一行以 '{' 开头：
工单应有的内容。未写出的字段保持不变，因此 {} 不改变任何内容。其他各行和标准错误输出会告知调用者（JSON 中为 warnings）。
退出码非 0 即拒绝：退出码 5，错误 hook.refused，并附钩子的说明。只能改动可写字段（umsops fields ticket），其值照常校验。
钩子的其他失败为退出码 9，hook.invalid；超过 hook_timeout 时连同其启动的程序一起终止：退出码 7，hook.timeout。
以上情况均不保存任何内容。

  install -D -m 755 examples/hooks/on-add.require-category ~/.config/umsops/hooks/on-add.require-category
  umsops -c hooks=~/.config/umsops/hooks ticket create -t 'odd' -n

钩子不经过 shell 运行，环境变量为 PATH、HOME、LANG、LC_ALL、TZ 以及 UMSOPS_HOOK（on-add、on-modify）、UMSOPS_NOUN、
UMSOPS_COMMAND、UMSOPS_ACTOR、UMSOPS_LANG，以及本次运行的 UMSOPS_DB 和 UMSOPS_CONFIG，使钩子调用的 umsops 使用同一数据
（不含密码）；不会保存时另有 UMSOPS_DRY_RUN=1。钩子这样进行的修改不再运行钩子。钩子在事务之外运行，他人无需等待；若工单在此期间被修改，钩子会再次查看。历史记录会注明运行的钩子及其改动的字段，
并以 skipped 注明因已设置 UMSOPS_HOOK 而跳过的钩子：钩子是为调用者提供的便利，并非约束调用者的策略。文件夹、文件及其上级目录须属于您或
root，且他人不可写。钩子按检查过的文件描述符运行，脚本的 $0 没有意义；UMSOPS_HOOK_FILE 为其文件名。批量命令对每张工单分别运行钩子。
)"};

constinit Text const kHistoryTopic{
    R"(Each change is an entry of the history; hashes chain it to the entry before.
'umsops audit verify' recomputes them, and compares every record, link, key, reply and attachment with the entry that
vouches for it. What it proves depends on what is kept where the store's writers cannot write:

  nothing             it finds accidents and edits by hand. Somebody who can write the store can make all of it anew
                      with any program, and that history is sound in itself
  a head              'audit verify --against HEAD' proves the history up to that head, as 'umsops audit head' printed
                      it: nothing before it was altered or made anew, and no tail that it names was cut
  audit_key_command   new hashes are made with a key: to forge entries the key is needed, too

Send the head away each day (examples/cron), and check against it. The two work together: a head shows what people with
the key did, and the key what was forged after the last head. Entries cut off after the last head show in neither.

The setting audit_key_command stands in the user's or the system's file, never in a project file:

  audit_key_command: [pass, show, desk/history]

The program runs without a shell and without input, at most once in a run, and only when the history is written or
verified. Its output, 16 to 4096 bytes without the newline at the end, is the key, e.g. of 'head -c 32 /dev/urandom |
base64'. If it fails or takes longer than a minute, nothing is stored: exit 9, config.audit_key_command.

All who change the desk need the same key, from the first entry with it on: 'audit verify' reports later entries that
were made without it or with another one, so it cannot be changed. Without the key, hashes that were made with it are
not checked. With it, a history in which no entry was made with it is reported. 'db migrate' from schema 1 or 2 makes
the hashes of all entries with it.
)",
    R"(每次修改都是历史中的一个条目，以哈希与前一条目相连。umsops audit verify 重新计算哈希，并将每条记录、关联、幂等键、
回复和附件与为其作证的条目比较。它能证明什么，取决于在写入者无法触及之处保存了什么：

  无保存              可发现意外损坏和手工改动。有写权限者可用任何程序整体重造历史，而该历史自身完好
  链头                audit verify --against 链头 可证明到该链头（由 umsops audit head 输出）为止的历史：
                      此前的内容未被改动或重造，链头所指的尾部也未被截断
  audit_key_command   新的哈希以密钥计算：伪造条目还需要密钥

请每天将链头发送到别处（见 examples/cron），并据此校验。二者互补：链头可揭示持有密钥者的改动，密钥可揭示最后一个
链头之后的伪造；最后一个链头之后被截去的条目则均不能发现。

设置项 audit_key_command 写在用户或系统配置中，项目文件不能设置：

  audit_key_command: [pass, show, desk/history]

该程序不经过 shell、没有输入，每次运行至多执行一次，且仅在写入或校验历史时执行。其输出去掉末尾换行符后为密钥，须为 16 到
4096 字节，可用 head -c 32 /dev/urandom | base64 生成。若失败或超过一分钟，则不保存任何内容：退出码 9，
config.audit_key_command。

从第一个带密钥的条目起，所有修改者都须使用同一密钥：audit verify 会报告此后未用密钥或使用其他密钥的条目，因此密钥不能更换。
没有密钥时，不校验以密钥计算的哈希；有密钥而历史中没有以密钥计算的条目时，会予以报告。由模式 1 或 2 执行 db migrate 时，
所有条目的哈希都以密钥计算。
)"};

constinit Text const kSendersTopic{
    R"(What monitoring, CI and security systems send is read by sender files: one YAML file a system. It recognises the
body, and says where key, state, title, severity and the rest stand in it (umsops-sender(5)). Many are built in.

  umsops incident ingest --explain body.json            what is it taken for, and why?
  umsops incident ingest --explain -o json *.json | jq .sums
  umsops incident ingest --show-sender zabbix           a built-in file, as a beginning
  umsops lint own.yaml                                  is one's own file sound?
  umsops incident ingest --explain --sender own.yaml --format backup body.json

A file of one's own that has the name of a built-in one replaces it. The setting senders names them:

  senders: [senders/backup.yaml]

What matters most is the key. It is the same for an alarm and for what clears it, and another one for anything else:
the host and the check, the repository and the branch; not the number of a run, nor a time, nor words that change.

Where no sender recognises a body: exit 5, with the nearest one and the condition that fails. Bodies come one a line,
as a list, or one over several lines; a form (payload=...) and a mail are known, too. A body has at most 16 MiB.

Tickets of other systems go to 'umsops ticket intake json'.
)",
    R"(监控、CI 和安全系统发送的内容由发送方文件读取，每个系统一个 YAML 文件。
它识别内容，并说明键、状态、标题、严重程度等在其中的位置（见 umsops-sender(5)）。许多系统的文件已内置。

  umsops incident ingest --explain body.json            识别为何种来源？依据是什么？
  umsops incident ingest --explain -o json *.json | jq .sums
  umsops incident ingest --show-sender zabbix           输出内置文件，可作为起点
  umsops lint own.yaml                                  检查自己的文件
  umsops incident ingest --explain --sender own.yaml --format backup body.json

自己的文件若与内置文件同名，则替换后者。在设置 senders 中列出：

  senders: [senders/backup.yaml]

最重要的是键：告警与其解除使用同一个键，其他事物使用不同的键。宜用主机与检查项、仓库与分支；不要用运行编号、时间或会变化的文字。

没有发送方文件能识别时退出码为 5，并给出最接近的文件及不满足的条件。
内容可为每行一份、列表或跨多行的一份；也能识别表单（payload=...）和邮件。一份内容最多 16 MiB。

其他系统的工单请用 umsops ticket intake json。
)"};

constinit Text const kZhTopic{
    R"(Messages, help and table headings are in Chinese with --lang zh_CN,
UMSOPS_LANG=zh_CN, or LC_ALL, LC_MESSAGES or LANG beginning with zh; no locale needs to be installed. Names of
commands, fields and values are not translated; values may be typed in Chinese, and times.

  umsops ticket create -t '无法登录，紧急' --priority 高 --lang zh_CN
  umsops ticket list --since 上周五 -w 'status=待处理 title~登录'
  umsops ticket import tickets.csv --encoding gb18030
  umsops ticket list -o csv --csv-bom > tickets.csv     opens in Excel

Tables count wide characters as two cells; where the font draws characters such as ① wide, set
UMSOPS_AMBIGUOUS_WIDTH=2.
)",
    R"(使用 --lang zh_CN、UMSOPS_LANG=zh_CN，或当 LC_ALL、LC_MESSAGES、LANG 以 zh 开头时，消息、帮助和表头为中文；
无需安装任何 locale。命令、字段和取值的名称保持不变；输入时取值和时间可用中文。

  umsops ticket create -t '无法登录，紧急' --priority 高 --lang zh_CN
  umsops ticket list --since 上周五 -w 'status=待处理 title~登录'
  umsops ticket import tickets.csv --encoding gb18030
  umsops ticket list -o csv --csv-bom > tickets.csv     可用 Excel 打开

表格中宽字符按两列计算；若字体将 ① 等字符显示为宽字符，请设置 UMSOPS_AMBIGUOUS_WIDTH=2。
)"};

namespace {

constexpr Example kFirstSteps[] = {
    {"umsops init", {"a desk for this team, question by question", "为本团队建立服务台，逐项询问"}},
    {"umsops ticket create 'cannot sign in'", {"file a ticket", "建单"}},
    {"umsops ticket list", {"what is open", "查看工单"}},
    {"umsops ticket reply T-1 --body 'try again'", {"answer one", "答复"}},
    {"umsops ticket create -h", {"any command, on one screen", "任一命令的简要帮助"}},
};

}  // namespace

std::span<Example const> first_steps() { return kFirstSteps; }

}  // namespace umsops::cli
