using System.Buffers;
using System.Text.Json;
using IncidentDesk.Postmortems;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>Writes the whole record as JSON, and the content of its files after it, one at a time: <c>contents: [{ id, mediaType, base64 }]</c>.</summary>
internal static class JsonWriter
{
    /// <param name="read">Null for what is not given: the file then has no content in the list.</param>
    public static async Task WriteAsync(DocumentRecord record, Func<Guid, CancellationToken, Task<(byte[] Bytes, string MediaType)?>> read, Stream to, CancellationToken ct)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, DocumentRecord.Json);
        // Without the brace that ends it: the contents are one more property.
        await to.WriteAsync(json.AsMemory(0, json.Length - 1), ct);
        await to.WriteAsync(",\"contents\":["u8.ToArray(), ct);
        var buffer = new ArrayBufferWriter<byte>();
        var isFirst = true;
        foreach (var file in record.Files)
        {
            if (await read(file.Id, ct) is not var (bytes, mediaType)) continue;
            if (!isFirst) to.WriteByte((byte)',');
            isFirst = false;
            buffer.ResetWrittenCount();
            await using (var writer = new Utf8JsonWriter(buffer))
            {
                writer.WriteStartObject();
                writer.WriteString("id", file.Id);
                writer.WriteString("mediaType", mediaType);
                writer.WriteBase64String("base64", bytes);
                writer.WriteEndObject();
            }
            await to.WriteAsync(buffer.WrittenMemory, ct);
        }
        await to.WriteAsync("]}"u8.ToArray(), ct);
    }
}
