using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using IncidentDesk.Postmortems;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Tests.Hosting;
using SkiaSharp;
using Xunit;

namespace IncidentDesk.Web.Tests.Postmortems;

/// <summary>A document full of secrets, exported for those outside of the house in every format: none is in a file, unpacked or not.</summary>
public sealed class ExportsWithoutSecretsTests
{
    private static readonly string[] Formats = ["markdown", "zip", "html", "pdf", "docx", "json", "csv", "icalendar"];

    [Theory, EngineData]
    public async Task No_secret_leaves_the_house_in_any_format(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var ana = await desk.PersonAsync(name: "Zyanya Quillehuel");
        // Somebody is called like words that the desk writes into every document.
        foreach (var name in new[] { "One", "Person", "Timeline", "Cronología", "Server" }) await desk.PersonAsync(name: name);
        var (key, secrets) = await SceneAsync(ana);
        foreach (var audience in new[] { "members", "public" })
        {
            foreach (var format in Formats)
            {
                foreach (var language in new[] { "en", "es" })
                {
                    var what = $"{format}, {audience}, {language}";
                    using var answer = await SendAsync(desk, ana, $"/api/v1/incidents/{key}/postmortem/export?format={format}&audience={audience}&lang={language}&zone=utc");
                    // Without a browser on the machine there is no PDF.
                    if (format == "pdf" && answer.StatusCode != HttpStatusCode.OK) continue;
                    var bytes = await answer.Content.ReadAsByteArrayAsync();
                    Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{what}: {(int)answer.StatusCode} {Encoding.UTF8.GetString(bytes, 0, Math.Min(2_000, bytes.Length))}");
                    IsClean(secrets, $"{what}, headers", Encoding.UTF8.GetBytes(answer.Content.Headers.ToString()));
                    IsClean(secrets, what, bytes);
                }
            }
            using var preview = await SendAsync(desk, ana, $"/api/v1/incidents/{key}/postmortem/preview?audience={audience}&lang=en&zone=utc");
            Assert.Equal(HttpStatusCode.OK, preview.StatusCode);
            IsClean(secrets, $"preview, {audience}", await preview.Content.ReadAsByteArrayAsync());
        }
        // Else the test would look past them.
        using var inner = await SendAsync(desk, ana, $"/api/v1/incidents/{key}/postmortem/export?format=json&audience=internal&lang=en&zone=utc");
        var json = await inner.Content.ReadAsStringAsync();
        Assert.All(secrets.Where(s => s != PictureWords), s => Assert.Contains(s, json, StringComparison.OrdinalIgnoreCase));
    }

    private const string PictureWords = "rack of the kestrel cage";

    private static async Task<HttpResponseMessage> SendAsync(WebDesk desk, Somebody who, string path)
    {
        using var http = new HttpClient { BaseAddress = desk.Address, Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", who.Token);
        return await http.GetAsync(new Uri(path, UriKind.Relative));
    }

    private static void IsClean(IEnumerable<string> secrets, string what, byte[] bytes)
    {
        var texts = Unpacked(what, bytes).ToList();
        foreach (var secret in secrets)
        {
            foreach (var (where, text) in texts)
                Assert.False(text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{secret} in {where}: …{Around(text, secret)}…");
        }
    }

    private static string Around(string text, string secret)
    {
        var at = text.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
        return text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 80)];
    }

    /// <summary>The bytes as text in the encodings in which words hide, and whatever is packed in them.</summary>
    private static IEnumerable<(string Where, string Text)> Unpacked(string where, byte[] bytes)
    {
        yield return (where, Encoding.UTF8.GetString(bytes));
        yield return (where, Encoding.Latin1.GetString(bytes));
        yield return (where, Encoding.BigEndianUnicode.GetString(bytes));
        if (bytes is [(byte)'P', (byte)'K', ..])
        {
            using var zip = new ZipArchive(new MemoryStream(bytes));
            foreach (var entry in zip.Entries)
            {
                using var content = new MemoryStream();
                using (var packed = entry.Open()) packed.CopyTo(content);
                yield return (where, $"{entry.FullName} {entry.Comment}");
                foreach (var inner in Unpacked($"{where}, {entry.FullName}", content.ToArray())) yield return inner;
            }
        }
        if (bytes.AsSpan().StartsWith("%PDF-"u8))
        {
            foreach (var stream in PdfStreams(bytes)) yield return ($"{where}, stream", stream);
        }
        foreach (var picture in Encoding.Latin1.GetString(bytes).Split(";base64,").Skip(1))
        {
            var text = new string([.. picture.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=')]);
            if (text.Length % 4 == 0) yield return ($"{where}, picture", Encoding.Latin1.GetString(Convert.FromBase64String(text)));
        }
    }

    private static IEnumerable<string> PdfStreams(byte[] pdf)
    {
        for (var at = 0; pdf.AsSpan(at).IndexOf("stream"u8) is >= 0 and var found;)
        {
            var start = at + found + 6;
            at = start;
            while (start < pdf.Length && pdf[start] is (byte)'\r' or (byte)'\n') start++;
            string? text = null;
            try
            {
                using var inflated = new MemoryStream();
                using (var packed = new ZLibStream(new MemoryStream(pdf, start, pdf.Length - start), CompressionMode.Decompress)) packed.CopyTo(inflated);
                text = Encoding.Latin1.GetString(inflated.ToArray());
            }
            catch (InvalidDataException)
            {
                // Not packed, or the word itself.
            }
            if (text is not null) yield return text;
        }
    }

    /// <summary>An incident in which every part names what must not be told.</summary>
    private static async Task<(string Key, IReadOnlyList<string> Secrets)> SceneAsync(Somebody ana)
    {
        var (api, id) = (ana.Api(), Guid.NewGuid().ToString("N")[..8]);
        var (server, host, member, site, person) = ($"kestrel-{id}", $"kestrel-{id}.house.example.org", $"Cooperativa Quetzal {id}", $"quetzal-{id}.example.net", "Zyanya Quillehuel");
        const string v4 = "198.51.100.77";
        const string v6 = "2001:db8:77::77";
        const string mail = "zyanya.q@house.example.org";
        const string token = "ghp_abcdefghij0123456789klmn";
        var all = $"{server} {host} {member} {site} {person} {v4} {v6} {mail} {token}";
        (await api.PostAsync("/api/v1/members", new { name = member })).Expect(HttpStatusCode.Created);
        (await api.PostAsync("/api/v1/assets", new { kind = "Server", name = server, hostNames = new[] { host }, addresses = new[] { v4, v6 } })).Expect(HttpStatusCode.Created);
        (await api.PostAsync("/api/v1/assets", new { kind = "MemberSite", name = site, member, sitsOn = new[] { server } })).Expect(HttpStatusCode.Created);

        var key = (await api.PostAsync("/api/v1/incidents", new { title = $"Flood of {server} and {member}", severity = "SEV2", impactStartedAt = new { at = "2026-01-02T03:00:00Z" } })).Expect(HttpStatusCode.Created).Json.GetProperty("key").GetString()!;
        var at = $"/api/v1/incidents/{key}";
        var picture = (await api.PostBytesAsync($"{at}/attachments?name={server}.jpg", Photo($"{PictureWords} {host} {v4}"), "image/jpeg")).Expect(HttpStatusCode.Created).Json.GetProperty("id").GetGuid();
        var entry = await ana.LogAsync(key, $"{all} [{server}](https://{host}/graph) ![{member} on {server}](attachment:{picture}) `{v4}` https://{host}/x /incidents/{key}");
        (await api.PostAsync($"{at}/impacts", new { markId = Guid.CreateVersion7(), asset = server, behind = true, state = "MajorOutage", cause = "Targeted", evidence = all })).Expect(HttpStatusCode.Created);
        var mitigation = Guid.CreateVersion7();
        (await api.PostAsync($"{at}/mitigations", new { id = mitigation, name = $"block-{server}", state = "applied", facts = new { title = $"Block {v4} before {server}", kind = "rate-limit", scope = new[] { server }, command = all, revert = all, expectedEffect = all, sideEffects = all, appliedBy = person } })).Expect(HttpStatusCode.Created);
        (await api.PostAsync($"{at}/waves", new { facts = new { vector = "udp-flood", targets = new[] { server }, notes = all, signature = all, measuredAt = $"uplink of {server}", magnitude = 1e9, unit = "bps", sources = v4, adaptedTo = $"block-{server}" } })).Expect(HttpStatusCode.Created);
        (await api.PostAsync($"{at}/traffic", new { unit = "bps", measuredAt = $"{server}, inbound", samples = new[] { new { value = 1 } } })).Expect(HttpStatusCode.Created);
        (await api.PostAsync($"{at}/follow-ups", new { action = $"Move {server} of {member} away from {v4}", ownerId = ana.Id, tracker = $"https://{host}/issues/1" })).Expect(HttpStatusCode.Created);

        const string blocks = "\n\n{{facts}}\n\n{{impact}}\n\n{{timeline}}\n\n{{waves}}\n\n{{mitigations}}\n\n{{metrics}}\n\n{{board}}\n\n{{follow-ups}}\n\n{{measurements}}\n\n";
        var body = $"{all} led by {{{{lead}}}}\n\n[{server}]({Links.Entry(key, entry)}) and [{member}](https://{host}/) ![{server}](attachment:{picture} \"{v4}\")\n\n```\nping {v4} # {host}\n```\n\n| {server} | {v6} |\n|---|---|\n| {mail} | {token} |\n{blocks}{Fields.Entry(entry)}\n\n{Fields.File(picture)}\n\n[1]: https://{host}/y \"{person}\"\n";
        var postmortem = await ana.PostmortemAsync(key, ($"How {server} fell", body, Visibility.Public), ("Between us", $"{PictureWords} {all}", Visibility.Internal));
        await ana.ChooseAsync(
            new ChosenFile { PostmortemId = postmortem, AttachmentId = picture, Visibility = Visibility.Public, Caption = $"The rack of {server}, {v4}" },
            new ChosenEntry { PostmortemId = postmortem, Sequence = entry, IsInTimeline = true, Visibility = Visibility.Public });
        return (key, [server, host, member, site, "Zyanya", "Quillehuel", v4, v6, mail, token, PictureWords]);
    }

    /// <summary>A picture with words in a comment and behind its end.</summary>
    private static byte[] Photo(string words)
    {
        using var picture = new SKBitmap(40, 20);
        picture.Erase(SKColors.Red);
        using var data = picture.Encode(SKEncodedImageFormat.Jpeg, 90);
        var (jpeg, comment) = (data.ToArray(), Encoding.ASCII.GetBytes(words));
        return [.. jpeg[..2], 0xFF, 0xFE, 0, (byte)(comment.Length + 2), .. comment, .. jpeg[2..], .. comment];
    }
}
