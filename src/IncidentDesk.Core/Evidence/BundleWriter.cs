using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsvHelper;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;

namespace IncidentDesk.Evidence;

/// <summary>A zip of which every file's length and SHA-256 are known, without holding any of them in memory.</summary>
internal sealed class BundleWriter(Stream to, DateTime madeAt) : IDisposable
{
    public const string Manifest = "manifest.json";
    public const string Sums = "SHA256SUMS";

    private readonly ZipArchive _zip = new(to, ZipArchiveMode.Create, leaveOpen: true);
    private readonly List<BundleFile> _files = [];

    public IReadOnlyList<BundleFile> Files => _files;

    public Task TextAsync(string name, string text, CancellationToken ct) => BytesAsync(name, Encoding.UTF8.GetBytes(text), ct);

    public Task BytesAsync(string name, byte[] bytes, CancellationToken ct) => AddAsync(name, stream => stream.WriteAsync(bytes, ct).AsTask(), ct);

    public Task JsonAsync(string name, object value, CancellationToken ct) => AddAsync(name, stream => JsonSerializer.SerializeAsync(stream, value, DocumentRecord.Json, ct), ct);

    /// <summary>One JSON object on each line.</summary>
    public Task LinesAsync(string name, IAsyncEnumerable<object> rows, CancellationToken ct) => AddAsync(name, async stream =>
    {
        await foreach (var row in rows.WithCancellation(ct))
        {
            await JsonSerializer.SerializeAsync(stream, row, DocumentRecord.Json, ct);
            await stream.WriteAsync("\n"u8.ToArray(), ct);
        }
    }, ct);

    /// <summary>A table whose cells no spreadsheet takes for a formula.</summary>
    public Task TableAsync(string name, string[] columns, IAsyncEnumerable<string[]> rows, CancellationToken ct) => AddAsync(name, async stream =>
    {
        using var csv = CsvWriter.Create(stream, new CsvWriterOptions(), leaveOpen: true);
        csv.WriteRecord(columns);
        await foreach (var row in rows.WithCancellation(ct)) csv.WriteRecord([.. row.Select(Cells.Guard)]);
    }, ct);

    /// <summary>The list of all files, which <c>sha256sum -c</c> reads; it comes last.</summary>
    public Task SumsAsync(CancellationToken ct) => TextAsync(Sums, string.Concat(_files.Select(f => $"{f.Sha256}  {f.Name}\n")), ct);

    private async Task AddAsync(string name, Func<Stream, Task> write, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var entry = _zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = new DateTimeOffset(madeAt);
        await using var content = entry.Open();
        await using var hashed = new Hashed(content);
        await write(hashed);
        await hashed.FlushAsync(ct);
        _files.Add(new BundleFile(name, hashed.Length, Convert.ToHexStringLower(hashed.Hash())));
    }

    public void Dispose() => _zip.Dispose();

    /// <summary>Passes on what is written, and counts and hashes it.</summary>
    private sealed class Hashed(Stream to) : Stream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long _length;

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => _length;
        public override long Position { get => _length; set => throw new NotSupportedException(); }

        public byte[] Hash() => _hash.GetHashAndReset();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _hash.AppendData(buffer);
            _length += buffer.Length;
            to.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _hash.AppendData(buffer.Span);
            _length += buffer.Length;
            return to.WriteAsync(buffer, cancellationToken);
        }

        public override void Flush() => to.Flush();
        public override Task FlushAsync(CancellationToken cancellationToken) => to.FlushAsync(cancellationToken);
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) _hash.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>A file of the bundle.</summary>
/// <param name="Size">In bytes.</param>
internal sealed record BundleFile(string Name, long Size, string Sha256);
