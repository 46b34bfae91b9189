using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using IncidentDesk.Attachments;
using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace IncidentDesk.Web.Tests.Http;

public sealed class AttachmentApiTests
{
    private static readonly byte[] Gif = [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0x3B];

    [Theory, EngineData]
    public async Task A_file_is_answered_as_a_download_that_does_nothing(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var at = At(await ana.DeclareAsync());
        var id = Guid.CreateVersion7();

        var added = (await ana.Api().PostBytesAsync($"{at}?name=graph.png&id={id}", Gif, "text/html")).Expect(HttpStatusCode.Created);
        var again = (await ana.Api().PostBytesAsync($"{at}?name=graph.png&id={id}", Gif, "image/png")).Expect(HttpStatusCode.Created);

        Assert.Equal($"{at}/{id}", added.Location);
        Assert.Equal(added.Text, again.Text);
        Assert.Equal(("graph.png", "image/gif", true, Gif.Length), (added.Json.GetProperty("name").GetString(), added.Json.GetProperty("mediaType").GetString(), added.Json.GetProperty("isImage").GetBoolean(), added.Json.GetProperty("size").GetInt32()));
        Assert.Equal($"[{added.Text}]", (await ana.Api().GetAsync(at)).Expect(HttpStatusCode.OK).Text);
        var content = (await ana.Api().GetAsync($"{at}/{id}")).Expect(HttpStatusCode.OK);
        Assert.Equal(Gif, await content.Message.Content.ReadAsByteArrayAsync());
        Assert.Equal(
            ("image/gif", "attachment; filename=graph.png; filename*=UTF-8''graph.png", "nosniff", "no-store, private", "sandbox; default-src 'none'; frame-ancestors 'none'", "same-origin"),
            (content.MediaType, content.Header("Content-Disposition"), content.Header("X-Content-Type-Options"), content.Header("Cache-Control"), content.Header("Content-Security-Policy"), content.Header("Cross-Origin-Resource-Policy")));
        (await ana.Api().PostBytesAsync($"{at}?name=graph.png&id={id}", [1], "image/png")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Attachment.IdTaken");
    }

    [Theory]
    [InlineData("<!doctype html><script>alert(1)</script>", "page.png", "text/plain")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "graph.svg", "text/plain")]
    [InlineData("GIF89a=1;/*<script>alert(1)</script>*/", "x.html", "image/gif")]
    [InlineData("MZ\0\0", "tool.png", "application/octet-stream")]
    public async Task The_type_is_that_of_the_content(string text, string name, string mediaType)
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var added = await ana.Api().PostTextAsync($"{At(await ana.DeclareAsync())}?name={name}", text, "image/png");
        var url = added.Expect(HttpStatusCode.Created).Location!;
        var content = (await ana.Api().GetAsync(url)).Expect(HttpStatusCode.OK);
        Assert.Equal(mediaType, content.MediaType);
        Assert.StartsWith("attachment;", content.Header("Content-Disposition"), StringComparison.Ordinal);
        // A page that shows it gets it only when it is a picture.
        (await ana.Api().SendAsync(HttpMethod.Get, url, null, ("Sec-Fetch-Dest", "image"))).Expect(mediaType == "image/gif" ? HttpStatusCode.OK : HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("../../etc/passwd", "attachment; filename=passwd; filename*=UTF-8''passwd")]
    [InlineData(@"..\..\x", "attachment; filename=x; filename*=UTF-8''x")]
    [InlineData("%2e%2e%2f", "attachment; filename=%2e%2e%2f; filename*=UTF-8''%252e%252e%252f")]
    [InlineData("a\"; filename=\"evil.html", "attachment; filename=\"a\\\"; filename=\\\"evil.html\"; filename*=UTF-8''a%22%3B%20filename%3D%22evil.html")]
    [InlineData("gráfica ñ.png", "attachment; filename=\"gr_fica _.png\"; filename*=UTF-8''gr%C3%A1fica%20%C3%B1.png")]
    [InlineData("", "attachment; filename=file; filename*=UTF-8''file")]
    public async Task A_name_is_given_back_without_its_path_and_encoded(string name, string disposition)
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var added = (await ana.Api().PostBytesAsync($"{At(await ana.DeclareAsync())}?name={Uri.EscapeDataString(name)}", [1], "x/y")).Expect(HttpStatusCode.Created);
        Assert.Equal(disposition, (await ana.Api().GetAsync(added.Location!)).Expect(HttpStatusCode.OK).Header("Content-Disposition"));
    }

    [Theory]
    [InlineData("a%00b", "Text.ControlCharacter")]
    [InlineData("a%0D%0ASet-Cookie:%20x=1", "Text.ControlCharacter")]
    [InlineData("a%0Ab", "Text.ControlCharacter")]
    [InlineData("invoice%E2%80%AEgnp.exe", "Text.ControlCharacter")]
    [InlineData("LONG", "Text.TooLong")]
    public async Task A_name_that_could_deceive_is_refused(string name, string code)
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var at = At(await ana.DeclareAsync());
        (await ana.Api().PostBytesAsync($"{at}?name={name.Replace("LONG", new string('a', 300), StringComparison.Ordinal)}", [1], "x/y")).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);
        Assert.Equal("[]", (await ana.Api().GetAsync(at)).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_above_the_limit_is_a_413_whatever_its_head_says(bool saysItsLength)
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync(language: "es");
        var at = At(await ana.DeclareAsync());

        var refused = (await SendAsync(Attachment.MaxBytes + 1)).ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "Request.TooLarge");
        Assert.Contains("se aceptan 10 MB", refused.Detail, StringComparison.Ordinal);
        if (saysItsLength) (await SendAsync(3 * Attachment.MaxBytes)).ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "Request.TooLarge");
        // Whoever never said that there is so much more is cut off.
        else await Record.ExceptionAsync(() => SendAsync(3 * Attachment.MaxBytes));
        Assert.Equal("[]", (await ana.Api().GetAsync(at)).Text);
        Assert.Equal(Attachment.MaxBytes, (await SendAsync(Attachment.MaxBytes)).Expect(HttpStatusCode.Created).Json.GetProperty("size").GetInt32());

        Task<Answer> SendAsync(int bytes)
        {
            HttpContent body = saysItsLength ? new ByteArrayContent(new byte[bytes]) : new StreamContent(new Pipe(new byte[bytes]));
            return ana.Api().SendAsync(HttpMethod.Post, $"{at}?name=big.bin", body);
        }
    }

    [Fact]
    public async Task Nobody_without_an_account_may_send_much()
    {
        var desk = await WebDesk.SharedAsync();
        var key = await (await desk.PersonAsync()).DeclareAsync();
        (await desk.Program(null).SendAsync(HttpMethod.Post, At(key), new ByteArrayContent(new byte[2 * 1024 * 1024]), ("Expect", "100-continue"))).Expect(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Who_may_not_add_is_told_so_and_not_cut_off()
    {
        var desk = await WebDesk.SharedAsync();
        var (ana, observer) = (await desk.PersonAsync(), await desk.PersonAsync(PersonRole.Observer));
        (await observer.Api().PostBytesAsync(At(await ana.DeclareAsync()), new byte[Attachment.MaxBytes], "x/y")).ExpectProblem(HttpStatusCode.Forbidden, "Attachment.MayNotAdd");
    }

    [Fact]
    public async Task An_empty_body_is_refused()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var at = At(await ana.DeclareAsync());
        (await ana.Api().PostBytesAsync(at, [], "x/y")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Attachment.Empty");
        (await ana.Api().SendAsync(HttpMethod.Post, at)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "Attachment.Empty");
    }

    [Fact]
    public async Task What_is_packed_stays_packed()
    {
        var ana = await (await WebDesk.SharedAsync()).PersonAsync();
        var at = At(await ana.DeclareAsync());
        var zeros = new byte[64 * 1024 * 1024];
        var gzip = new MemoryStream();
        await using (var pack = new GZipStream(gzip, CompressionLevel.Fastest, leaveOpen: true)) await pack.WriteAsync(zeros);
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        await using (var entry = await archive.CreateEntry("zeros").OpenAsync()) await entry.WriteAsync(zeros);

        foreach (var (bomb, mediaType) in new[] { (gzip.ToArray(), "application/gzip"), (zip.ToArray(), "application/zip") })
        {
            var body = new ByteArrayContent(bomb) { Headers = { ContentType = MediaTypeHeaderValue.Parse("text/plain"), ContentEncoding = { "gzip" } } };
            var added = (await ana.Api().SendAsync(HttpMethod.Post, $"{at}?name=bomb", body)).Expect(HttpStatusCode.Created);
            Assert.Equal((mediaType, bomb.Length), (added.Json.GetProperty("mediaType").GetString(), added.Json.GetProperty("size").GetInt32()));
            var content = (await ana.Api().SendAsync(HttpMethod.Get, added.Location!, null, ("Accept-Encoding", "gzip"))).Expect(HttpStatusCode.OK);
            Assert.Equal("", content.Header("Content-Encoding"));
            Assert.Equal(bomb, await content.Message.Content.ReadAsByteArrayAsync());
        }
    }

    [Theory, EngineData]
    public async Task However_many_come_at_once_the_desk_answers_and_keeps_no_more_than_fit(Engine engine)
    {
        var ana = await (await WebDesk.SharedAsync(engine)).PersonAsync();
        var key = await ana.DeclareAsync();
        var bytes = RandomNumberGenerator.GetBytes(20_000);

        var sending = Enumerable.Range(0, Attachment.MaxCount + 20).Select(n => ana.Api().PostBytesAsync($"{At(key)}?name=part-{n}", bytes, "x/y")).ToList();
        var meanwhile = await ana.LogAsync(key, "the desk still answers");
        var answers = await Task.WhenAll(sending);

        Assert.True(meanwhile > 0);
        Assert.Equal(Attachment.MaxCount, answers.Count(a => a.Status == HttpStatusCode.Created));
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => a.ExpectProblem(HttpStatusCode.UnprocessableEntity, "Attachment.TooMany"));
        Assert.Equal(Attachment.MaxCount, (await ana.Api().GetAsync(At(key))).Json.GetArrayLength());
    }

    [Theory, EngineData]
    public async Task A_file_of_an_incident_that_one_may_not_see_is_not_there(Engine engine)
    {
        var desk = await WebDesk.SharedAsync(engine);
        var (ana, other) = (await desk.PersonAsync(), await desk.PersonAsync());
        var (hidden, open) = (await ana.DeclareAsync(restricted: true), await ana.DeclareAsync());
        var secret = (await ana.Api().PostBytesAsync(At(hidden), Gif, "x/y")).Expect(HttpStatusCode.Created).Json.GetProperty("id").GetGuid();

        (await other.Api().GetAsync($"{At(hidden)}/{secret}")).ExpectProblem(HttpStatusCode.NotFound, "Incident.NotFound");
        (await other.Api().GetAsync($"{At(open)}/{secret}")).ExpectProblem(HttpStatusCode.NotFound, "Attachment.NotFound");
        (await ana.Api().GetAsync($"{At(open)}/{secret}")).ExpectProblem(HttpStatusCode.NotFound, "Attachment.NotFound");
        (await other.Api().PostBytesAsync($"{At(hidden)}?id={secret}", Gif, "x/y")).ExpectProblem(HttpStatusCode.NotFound, "Incident.NotFound");
        (await ana.Api().GetAsync($"{At(hidden)}/{secret}")).Expect(HttpStatusCode.OK);

        // A page of the other incident that names it shows a picture that is not there.
        await ana.LogAsync(open, $"![secret](attachment:{secret})");
        var page = await (await other.BrowserAsync()).PageAsync($"/incidents/{open}");
        var image = Assert.Single(page.QuerySelectorAll("main img"));
        Assert.Equal(("secret", $"{At(open)}/{secret}"), (image.GetAttribute("alt"), image.GetAttribute("src")));
    }

    [Fact]
    public async Task What_was_half_sent_is_not_kept()
    {
        var desk = await WebDesk.SharedAsync();
        var ana = await desk.PersonAsync();
        var key = await ana.DeclareAsync();
        using var given = new CancellationTokenSource();
        using var http = new HttpClient { BaseAddress = desk.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ana.Token);
        var body = new StreamContent(new Pipe(new byte[200_000], stopAt: 100_000, given));
        await Assert.ThrowsAnyAsync<Exception>(() => http.PostAsync(new Uri($"{At(key)}?name=half", UriKind.Relative), body, given.Token));
        await ana.LogAsync(key, "goes on");
        await using var db = await desk.Get<DeskDatabase>().OpenAsync(default);
        Assert.False(await db.Attachments.IgnoreQueryFilters().AnyAsync(a => a.FileName == "half"));
    }

    private static string At(string key) => $"/api/v1/incidents/{key}/attachments";

    /// <summary>Does not say how long it is, and may break off.</summary>
    private sealed class Pipe(byte[] bytes, int stopAt = int.MaxValue, CancellationTokenSource? given = null) : Stream
    {
        private int _at;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => _at; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_at >= stopAt)
            {
                given!.Cancel();
                throw new IOException("gone");
            }
            var length = Math.Min(Math.Min(count, 8192), bytes.Length - _at);
            Array.Copy(bytes, _at, buffer, offset, length);
            _at += length;
            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
