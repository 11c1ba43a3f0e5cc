package main

import (
	"os"
	"strings"
	"testing"
)

func TestStoryIsThatOfTheExamples(t *testing.T) {
	text, err := os.ReadFile("../../../../examples/story/story.txt")
	if err != nil {
		t.Fatal(err)
	}
	var told strings.Builder
	tell(&told)
	if told.String() != string(text) {
		t.Fatalf("told:\n%s", told.String())
	}
}
