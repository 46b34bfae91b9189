using System.Globalization;
using IncidentDesk.Attacks;
using Xunit;

namespace IncidentDesk.Tests.Attacks;

public sealed class SourceAddressesTests
{
    [Theory]
    [InlineData("198.51.100.7", "198.51.100.0/24=1")]
    [InlineData("198.51.100.7:443, 198.51.100.7 and 198.51.100.8.", "198.51.100.0/24=2")]
    [InlineData("IP 203.0.113.9.53 > 192.0.2.1.40113: UDP, length 3000", "192.0.2.0/24=1 203.0.113.0/24=1")]
    [InlineData("[2001:db8:1:2::3]:8080 2001:db8:1:ffff::1", "2001:db8:1::/48=2")]
    [InlineData("::ffff:198.51.100.7", "198.51.100.0/24=1")]
    [InlineData("src=198.51.100.7,dst:192.0.2.1;addr:203.0.113.5", "192.0.2.0/24=1 198.51.100.0/24=1 203.0.113.0/24=1")]
    [InlineData("http://198.51.100.7/24abc", "198.51.100.0/24=1")]
    [InlineData("198.51.100.0/22\n198.51.101.4\n198.51.110.4", "198.51.100.0/22=1 198.51.110.0/24=1")]
    [InlineData("198.51.100.128/25 198.51.100.3/32", "198.51.100.0/24=1")]
    [InlineData("2001:db8::/32 2001:db8:5::1 fe80::1%eth0", "2001:db8::/32=1 fe80::/48=1")]
    [InlineData("10.1.2.3 127.0.0.1", "10.1.2.0/24=1 127.0.0.0/24=1")]
    public void Whatever_holds_addresses_is_folded(string text, string prefixes)
    {
        var folded = SourceAddresses.Fold(text);
        Assert.Equal(prefixes, string.Join(' ', folded.Prefixes.Select(p => $"{p.Prefix}={p.Addresses.ToString(CultureInfo.InvariantCulture)}")));
        Assert.Empty(folded.LinesWithout);
        Assert.All(folded.Prefixes, p => Assert.True(SourceAddresses.IsPrefix(p.Prefix)));
    }

    [Theory]
    [InlineData("Chrome/120.0.0.0 Safari/537.36")]
    [InlineData("12:01:33 aa:bb:cc:dd:ee:ff std::dec")]
    [InlineData("999.1.2.3 010.0.0.1 0.0.0.0 :: 1.2.3 1.2.3.4.5.6")]
    [InlineData("0.0.0.0/0 10.0.0.0/4 ::/0")]
    [InlineData("not an address")]
    public void What_only_looks_like_one_is_reported(string line)
    {
        var folded = SourceAddresses.Fold($"198.51.100.1\n\n{line}\n198.51.100.2");
        Assert.Equal(("198.51.100.0/24", 2), (Assert.Single(folded.Prefixes).Prefix, folded.Addresses));
        Assert.Equal([3], folded.LinesWithout);
    }

    [Fact]
    public void A_line_of_an_access_log_gives_its_client()
    {
        var folded = SourceAddresses.Fold("""203.0.113.77 - - [14/Mar/2026:12:01:33 +0000] "GET /?s=1.2.3 HTTP/1.1" 200 512 "-" "Mozilla/5.0 (X11) Chrome/120.0.0.0" """);
        Assert.Equal(new("203.0.113.0/24", 1), Assert.Single(folded.Prefixes));
    }

    [Fact]
    public void More_than_the_desk_keeps_are_widened_until_they_fit_and_none_is_lost()
    {
        var lines = Enumerable.Range(0, 12_000).Select(n => $"{11 + (n % 80)}.{n % 251}.{n % 241}.{1 + (n % 200)}").ToList();
        var folded = SourceAddresses.Fold(string.Join('\n', lines));
        Assert.InRange(folded.Prefixes.Count, 1, SourceAddresses.MaxPrefixes);
        Assert.True(folded.LengthV4 < 24);
        Assert.Equal(48, folded.LengthV6);
        Assert.Equal(lines.Distinct(StringComparer.Ordinal).Count(), folded.Addresses);
        Assert.Equal(folded.Addresses, folded.Prefixes.Sum(p => p.Addresses));

        var six = SourceAddresses.Fold(string.Join('\n', Enumerable.Range(0, 3_000).Select(n => $"2001:{n:x}:{n % 7:x}::1")) + "\n198.51.100.1");
        Assert.InRange(six.Prefixes.Count, 1, SourceAddresses.MaxPrefixes);
        Assert.Equal((24, 3_001), (six.LengthV4, six.Prefixes.Sum(p => p.Addresses)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Order_and_repetition_do_not_matter(int seed)
    {
        var random = new Random(seed);
        var words = Enumerable.Range(0, 400).Select(_ => random.Next(3) switch
        {
            0 => $"{random.Next(1, 224)}.{random.Next(256)}.{random.Next(256)}.{random.Next(256)}",
            1 => $"2001:db8:{random.Next(65536):x}::{random.Next(1, 65536):x}",
            _ => $"{random.Next(1, 224)}.{random.Next(256)}.0.0/{random.Next(8, 31)}",
        }).ToArray();
        var once = SourceAddresses.Fold(string.Join('\n', words));
        random.Shuffle(words);
        var again = SourceAddresses.Fold(string.Join(' ', words.Concat(words)));
        Assert.Equal((once.Prefixes, once.Addresses), (again.Prefixes, again.Addresses), (a, b) => a.Prefixes.SequenceEqual(b.Prefixes) && a.Addresses == b.Addresses);
        Assert.Equal(once.Addresses, once.Prefixes.Sum(p => p.Addresses));
    }

    [Fact]
    public void Folding_what_is_folded_changes_nothing()
    {
        var folded = SourceAddresses.Fold("198.51.100.7 203.0.113.0/22 2001:db8:1:2::3");
        Assert.Equal(folded.Prefixes.Select(p => p.Prefix), SourceAddresses.Fold(string.Join('\n', folded.Prefixes.Select(p => p.Prefix))).Prefixes.Select(p => p.Prefix));
    }
}
