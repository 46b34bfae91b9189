using System.Text.Json;
using IncidentDesk.Attacks;
using IncidentDesk.Shared;
using Xunit;

namespace IncidentDesk.Tests.Attacks;

public sealed class AttackVectorTests
{
    [Fact]
    public void The_vectors_are_those_of_the_vocabulary()
    {
        using var vocabulary = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "vocab", "attack-vectors.json")));
        string Text(JsonElement vector, string field) => vector.GetProperty(field).GetString()!;
        Assert.Equal(
            vocabulary.RootElement.GetProperty("vectors").EnumerateArray().Select(v => (Text(v, "slug"), Text(v, "name"), Text(v, "layer"), Text(v, "attack_id"), Text(v, "family"))),
            AttackVectors.All.Select(v => (v.Slug, v.NameEn, v.Layer, v.AttackId, v.Family.Label())));
    }

    [Fact]
    public void A_vector_is_found_whatever_its_case()
    {
        Assert.Equal("syn-flood", AttackVectors.Find(" SYN-flood ")?.Slug);
        Assert.Null(AttackVectors.Find("no-such"));
        Assert.Null(AttackVectors.Find(null));
    }
}
